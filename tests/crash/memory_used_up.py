# allows: OK
# Most of the memory goes in large pieces, the rest in small ones of every kind, until there is none.

class Point:
    pass


def counting():
    yield 1


def with_attributes(n):
    point = Point()
    point.x = [n]
    return point


def suspended(n):
    generator = counting()
    next(generator)
    return generator


makers = [
    lambda n: [None] * 5000,
    lambda n: "x" * 5000 + str(n),
    lambda n: (n,) * 500,
    with_attributes,
    suspended,
]
ended = 0
for make in makers:
    large = []
    size = 2 ** 28
    while size >= 2 ** 27:
        try:
            large.append(bytearray(size))
        except MemoryError:
            size //= 2
    kept = []
    try:
        while True:
            kept.append(make(len(kept)))
    except MemoryError:
        kept = None
        ended += 1
assert ended == len(makers)
