def inner():
    yield 1

def outer(sub):
    yield 0
    yield from sub

sub = inner()
g = outer(sub)
print(g.gi_yieldfrom)
next(g)
print(g.gi_yieldfrom)
next(g)
print(g.gi_yieldfrom is sub)
next(g, None)
print(g.gi_yieldfrom)

h = outer([1, 2])
next(h); next(h)
print(type(h.gi_yieldfrom).__name__)
