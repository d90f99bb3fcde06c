from collections.abc import Iterator, Iterable, Generator

def gen():
    yield 1

g = gen()
print(iter(g) is g, g.__iter__() is g)
print(isinstance(g, Iterator), isinstance(g, Iterable), isinstance(g, Generator))
print(hasattr(g, "__len__"), hasattr(g, "__getitem__"), bool(g))
try:
    len(g)
except TypeError as error:
    print(error)
try:
    g[0]
except TypeError as error:
    print(error)
