# What classes of programs may do when they derive from built-in ones.
import itertools


# A keyword goes to the constructor that the class has overridden.
def with_init(base, *args):
    class Sub(base):
        def __init__(self, *args, extra=None):
            self.extra = extra

    return Sub(*args, extra="given")


def with_new(base, *args):
    class Sub(base):
        def __new__(cls, *args, extra=None):
            made = super().__new__(cls, *args)
            made.extra = extra
            return made

    return Sub(*args, extra="given")


for base, args in [
    (float, (2.5,)),
    (tuple, ([1, 2],)),
    (frozenset, ([1, 2],)),
    (filter, (None, [0, 1])),
    (map, (str, [1])),
    (reversed, ([1, 2],)),
    (itertools.chain, ([1], [2])),
    (itertools.islice, ([1, 2, 3], 2)),
    (itertools.starmap, (pow, [(2, 3)])),
    (itertools.cycle, ([1],)),
]:
    made = with_init(base, *args)
    print(base.__name__, made.extra, made if base is float else list(itertools.islice(made, 2)))
for base, args in [(list, ([1, 2],)), (set, ([1],)), (float, (2.5,)), (tuple, ([1, 2],))]:
    made = with_new(base, *args)
    print(base.__name__, made.extra, made)
for base in (list, set, float, tuple, frozenset, filter, itertools.chain, itertools.cycle):

    class Plain(base):
        pass

    for cls in (base, Plain):
        try:
            cls([1], extra=1)
        except TypeError as e:
            print(cls.__name__, "TypeError:", e)


# Whatever is a str may name an attribute.
class Name(str):
    pass


class Record:
    pass


class Slots:
    __slots__ = ("size",)


record, slots = Record(), Slots()
setattr(record, Name("title"), "a title")
setattr(slots, Name("size"), 3)
setattr(Record, Name("shared"), "everybody's")
print(record.title, slots.size, record.shared, getattr(record, Name("title")), hasattr(record, Name("shared")))
object.__setattr__(record, Name("title"), "another")
print(record.title, vars(record))
delattr(record, Name("title"))
print(hasattr(record, "title"))


# Conversions that a subclass of str has itself.
class Number(str):
    def __float__(self):
        return float(str(self)) + 1

    def __bytes__(self):
        return b"<" + self.encode() + b">"


print(float(Number("8")), float(Name("8")), bytes(Number("abc")), bytes(Number("abc"), "ascii"))
try:
    bytes(Name("abc"))
except TypeError as e:
    print("TypeError:", e)


# The `__call__` of a metaclass may be a built-in function.
class Joining(type):
    __call__ = ":".join


class Joined(metaclass=Joining):
    pass


print(Joined(["a", "bc"]))


# What says how many items it has may be wrong, but must be an int.
class Hint:
    def __init__(self, hint):
        self.hint = hint

    def __iter__(self):
        return iter("ab")

    def __length_hint__(self):
        if isinstance(self.hint, Exception):
            raise self.hint
        return self.hint


import operator

for hint in (0, 5, 2**62, 2**63 - 1, 2**63, -1, "x", NotImplemented, TypeError("hidden"), KeyError("seen")):
    target = ["start"]
    try:
        target.extend(Hint(hint))
        print(repr(hint), target, operator.length_hint(Hint(hint), 7))
    except Exception as e:
        print(repr(hint), type(e).__name__, e)
print(operator.length_hint(itertools.repeat(None), 12), operator.length_hint(object(), 3), operator.length_hint([], 3))


class BadLength:
    def __iter__(self):
        return iter([1])

    def __len__(self):
        raise RuntimeError("no length")


for extend in (list, [].extend, bytearray().extend):
    try:
        print(extend(BadLength()))
    except RuntimeError as e:
        print("RuntimeError:", e)
try:
    str(b"x", "utf-8", encoding="utf-8")
except TypeError as e:
    print("TypeError:", e)
