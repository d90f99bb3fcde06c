"""Builtins that take the items of a generator, plain ones and ones whose methods look at the generator."""


def numbers(*items):
    for item in items:
        got = yield item
        if got is not None:
            print("sent", got)


class Watching:
    """Adds, compares and hashes in Python, and shows what the generator is doing meanwhile."""

    def __init__(self, value):
        self.value = value

    def __radd__(self, other):
        print("adding while", source.gi_running, source.gi_suspended)
        return other + self.value

    def __lt__(self, other):
        print("comparing while", source.gi_running)
        return self.value < getattr(other, "value", other)

    def __bool__(self):
        print("asked for truth while", source.gi_running)
        return bool(self.value)

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        print("equal? while", source.gi_running)
        return self.value == getattr(other, "value", other)


print(sum(numbers(1, 2, True, 3)), sum(numbers(1, 2.5, 2)), sum(numbers(0.1, 0.2, 0.3)), sum(numbers(2**61, 2**61)))
source = numbers(1, Watching(5), 2)
print(sum(source))
source = numbers(3, Watching(1), 2)
print(min(source).value)
print(max(numbers(1, 5, 5.0, 2)), min(numbers(2.5, 1, 0.5)), max(numbers("a", "c", "b")))
source = numbers(0, None, Watching(0), Watching(1), 7)
print(any(source), next(source))
source = numbers(1, True, Watching(1), 0, 7)
print(all(source), next(source))
source = numbers(1, Watching(1), "a", Watching(2), 1)
print(len(set(source)), len(frozenset(numbers(1, 1, 2))))
print(list(numbers(*range(20))), tuple(numbers(1, "x")), sorted(numbers(3, 1, 2), key=lambda x: -x))
print("-".join(numbers("a", "b")), dict(numbers((1, 2), [3, 4])), [*numbers(1, 2)], {*numbers(1, 1)})
first, *rest = numbers(1, 2, 3)
print(first, rest)

# What a call gives is no item of a generator that the builtin walks through.
echo = numbers(10, 20, 30, 40)
next(echo)
print(sum(map(echo.send, "ab")), list(map(echo.send, "c")))


def failing():
    yield 1
    raise KeyError("inside")


for consume in sum, list, set, any, max, sorted:
    try:
        print(consume(x for x in failing() if x != 1 or consume is not any))
    except KeyError as error:
        print(consume.__name__, "KeyError", error)
