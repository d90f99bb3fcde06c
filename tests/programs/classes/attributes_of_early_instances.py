"""Instances made before their class is known to have many attributes, beside ones made later."""


class Base:
    def __init__(self):
        self.a1 = self.a2 = self.a3 = self.a4 = self.a5 = self.a6 = self.a7 = self.a8 = 0


class Group(Base):
    def __init__(self):
        super().__init__()
        self.b1 = self.b2 = self.b3 = self.b4 = 1
        self.items = []

    def add(self, item):
        self.items.append(item)


for _ in range(6):
    first, second = Group(), Group()
    second.add(1)
    first.add(2)
    print(first.items, second.items)


class Grows:
    def __init__(self):
        self.x = 1


def extend(grown, names):
    for name in names:
        setattr(grown, name, name)
    grown.last = names
    return grown.last, grown.__dict__


grown = [Grows() for _ in range(8)]
later = [extend(Grows(), ["p", "q", "r"]) for _ in range(8)]
for early in grown:
    print(extend(early, ["p", "q", "r"]))


class Many:
    pass


many = [Many() for _ in range(6)]
for one in reversed(many):
    for index in range(40):
        setattr(one, f"n{index}", index)
    one.n39 += one.n3
    print(one.n39, one.n23, one.n24, len(vars(one)))
