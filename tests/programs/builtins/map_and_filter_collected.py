"""What collects a map or filter goes through it as asking for one item after the other would."""
import threading


def double(x):
    return 2 * x


def odd(x):
    return x & 1


def traced(x):
    print("asked", x, end="; ")
    return x


numbers = list(range(7))
print(list(map(double, numbers)), tuple(map(double, (1, 2))), set(map(double, range(3))))
print(list(filter(odd, numbers)), sum(filter(odd, range(100))), sum(map(float, numbers)))
print(sum(map(lambda x: x / 4, numbers)), sum(map(lambda x: x, [1, 2.5, True, 10**20])))
print(min(map(double, [3, 1, 2])), max(map(double, [3, 1, 2]), key=lambda x: -x), "".join(map(lambda x: str(x), numbers)))
print(sorted(map(lambda x: -x, numbers), key=lambda x: x % 3), sorted(filter(lambda x: x > 2, numbers), reverse=True))

# What decides ends the walk, and the iterator stands behind what was asked for.
source = iter(numbers)
print(any(map(traced, source)), next(source))
source = iter(numbers)
print(all(map(lambda x: x < 3, source)), next(source))
source = iter(numbers)
print(any(filter(lambda x: x == 4, source)), next(source))

# The truth of answers of every kind.
answers = [0, 1, None, "", "text", [], [0], 0.0, 2.5, 10**30]
print(list(filter(lambda x: x, answers)), list(filter(lambda x: answers, answers[:2])))


class Truth:
    def __init__(self, answer):
        self.answer = answer

    def __bool__(self):
        print("truth of", self.answer, end="; ")
        return self.answer


print(list(filter(lambda x: Truth(x > 4), numbers)))


# Exceptions, and the StopIteration that ends a map.
def fails(x):
    if x == 3:
        raise ValueError(f"at {x}")
    return x


def stops(x):
    if x == 3:
        raise StopIteration
    return x


for collect in list, tuple, set, sum, max, sorted:
    source = iter(numbers)
    try:
        print(collect(map(fails, source)))
    except ValueError as error:
        print(error, next(source), end="; ")
    source = iter(numbers)
    print(collect(map(stops, source)), next(source), collect(filter(stops, numbers)))


# Functions that are generator functions, objects, methods and maps themselves; lists that change.
def generates(x):
    yield x


class Adder:
    def __init__(self, number):
        self.number = number

    def __call__(self, x, *rest, scale=1):
        return (self.number + x) * scale + len(rest)

    def add(self, x):
        return self.number + x


print([next(generator) for generator in list(map(generates, numbers))])
print(list(map(Adder(10), numbers)), Adder(1)(2, 3, scale=5), list(map(Adder(5).add, numbers)))
print(list(map(double, map(double, numbers))), sum(map(lambda row: sum(map(double, row)), [[1, 2], [3]])))
print(list(map(lambda x, y: x * y, numbers, numbers)), list(map(lambda *xs: xs, [1, 2], "ab", (3, 4))))
growing = [1]


def grow(x):
    if len(growing) < 6:
        growing.append(x + 1)
    return x


print(list(map(grow, growing)), growing)


# Locks and other objects of built-in classes in `with`; a built-in function with any number of arguments.
lock = threading.Lock()
for _ in range(3):
    with lock as taken:
        print(taken, lock.locked(), end="; ")
print(lock.locked(), lock.acquire(), lock.__exit__(), lock.locked())
with lock:
    try:
        with memoryview(b"abc") as view:
            raise KeyError(view[0])
    except KeyError as error:
        print(error)
print(lock.locked(), max(1, 3, 2), print("a", 1, None), max("b", "a", key=ord))
try:
    with lock:
        lock.release()
except RuntimeError as error:
    print(error)
