from enum import Enum, IntEnum, StrEnum, auto, member, nonmember, property, unique, verify, CONTINUOUS


class Planet(Enum):
    EARTH = (5.9, 6.3)
    MARS = (0.6, 3.4)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def ratio(self):
        return round(self.mass / self.radius, 2)


print(Planet.MARS.ratio, Planet.EARTH.value, Planet((0.6, 3.4)))

Animal = Enum("Animal", "CAT DOG", start=5)
print(list(Animal), Animal.__members__["DOG"], Animal.CAT.value)


class Level(StrEnum):
    LOW = auto()
    HIGH = auto()


print(Level.HIGH, repr(Level.LOW), Level("low") is Level.LOW, Level.LOW + "!")


class Day(IntEnum):
    MON = 1
    TUE = 2
    DIENSTAG = 2

    @classmethod
    def _missing_(cls, value):
        return cls.MON if value == "first" else None


print(Day("first"), repr(Day.DIENSTAG), Day.MON < Day.TUE, sorted(Day), f"{Day.TUE:03}", Day.TUE in Day)
for action in (
    lambda: Day(9),
    lambda: Day["SUN"],
    lambda: setattr(Day, "MON", 3),
    lambda: unique(Day),
    lambda: type("More", (Day,), {}),
    lambda: verify(CONTINUOUS)(IntEnum("Gap", {"A": 1, "B": 3})),
):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)


class Mixed(Enum):
    @member
    def called():
        return "called"

    plain = nonmember(3)

    def method(self):
        return self.name


print(Mixed.called.name, len(Mixed), Mixed.plain, Mixed.called.value(), Mixed.called.method())
