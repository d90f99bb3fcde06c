"""An AttributeError from a property's getter makes the lookup go on with `__getattr__`, which hides where it came from."""


class Guarded:
    def __getattr__(self, name):
        if name == "fallback":
            return "from __getattr__"
        raise AttributeError(f"no {name}")

    @property
    def missing(self):
        return self.nothing

    @property
    def fallback(self):
        raise AttributeError("inner")

    @property
    def broken(self):
        raise ValueError("not hidden")


guarded = Guarded()
for name in ("missing", "fallback", "broken"):
    for _ in range(2):
        try:
            print(getattr(guarded, name))
        except (AttributeError, ValueError) as error:
            print(type(error).__name__, error)
for _ in range(2):
    print(guarded.fallback)
    try:
        guarded.missing
    except AttributeError as error:
        print(error)


class Documented(property):
    """The class's own text."""


class Slotted(property):
    __slots__ = ()


def getter(self):
    """The getter's text."""


def plain(self):
    pass


print(Documented(getter).__doc__, "|", Documented(plain).__doc__, "|", Documented(plain, doc="given").__doc__)
print(Slotted(doc="lost").__doc__)
try:
    Slotted(getter)
except AttributeError as error:
    print(error)
