# Programs that look like common mistakes with generators, and are right: none of this is worth a word.
import itertools


def numbers(n):
    for i in range(n):
        yield i
    return n


# The value returned is taken in one place, and not needed in another.
def counted():
    total = yield from numbers(3)
    print("total", total)


for x in numbers(2):
    print(x)
for x in counted():
    print(x)

# Chunks are taken until nothing comes.
it = numbers(5)
while chunk := list(itertools.islice(it, 2)):
    print(chunk)

# The first loop leaves the rest to the second, and sometimes there is none.
for wanted in (1, 9):
    it = numbers(3)
    for x in it:
        if x == wanted:
            break
    for x in it:
        print("rest", x)
print(next(it, "nothing"), next(it, "nothing"))

# Asking for the end is no loop.
it = numbers(1)
print(list(it), next(it, None), any(it))


# Primed by a decorator, driven by send alone.
def primed(function):
    def start(*args):
        generator = function(*args)
        next(generator)
        return generator

    return start


@primed
def average():
    total = count = 0
    result = None
    while True:
        total += yield result
        count += 1
        result = total / count


mean = average()
print(mean.send(10), mean.send(20))


# The header is skipped before the rest is passed on.
def body(lines):
    lines = iter(lines)
    rest = (line for line in lines)
    next(rest)
    yield from rest


print(list(body(["head", "a", "b"])))


# A loop around `yield from` that ends.
def rounds(source):
    while True:
        block = list(itertools.islice(source, 2))
        if not block:
            return
        yield from block


print(list(rounds(iter("abc"))))

# Functions made in a loop that read its variable at once, or keep its value.
callbacks = []
for name in "ab":
    print(sorted([2, 1], key=lambda value: (name, value)))
    callbacks.append(lambda name=name: name)
print([callback() for callback in callbacks])


# Functions that share a variable on purpose.
def counter():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    def show():
        return count

    return up, show


up, show = counter()
other_up, other_show = counter()
print(up(), up(), show(), other_up(), other_show())

# A generator expression that is used at once.
factor = 2
doubled = sum(factor * x for x in range(4))
factor = 3
print(doubled, sum(factor * x for x in range(4)))


# A generator that ends early on purpose.
def until_negative(values):
    for value in values:
        if value < 0:
            return False
        yield value


for value in until_negative([1, -1, 2]):
    print(value)

# A generator function that is called for its object.
first = numbers(1)
second = numbers(2)
print(first is second, list(first), list(second))
