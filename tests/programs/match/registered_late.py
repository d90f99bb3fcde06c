"""A class registered as Sequence or Mapping matches so at once, and so do the classes already derived from it."""
from collections.abc import Mapping, Sequence


def kind(subject):
    match subject:
        case [*_]:
            return "sequence"
        case {}:
            return "mapping"
        case _:
            return "neither"


class First:
    def __len__(self):
        return 0


class Second(First):
    pass


class Third(Second):
    pass


class Other:
    def keys(self):
        return []


class Derived(Other):
    pass


print(kind(First()), kind(Third()), kind(Derived()))
Sequence.register(First)
Mapping.register(Other)
print(kind(First()), kind(Second()), kind(Third()), kind(Other()), kind(Derived()))


class Later(Third):
    pass


print(kind(Later()))
