# allows: OK RecursionError
def outer(sub):
    try:
        yield from sub
    finally:
        pass

g = iter([1, 2])
for _ in range(500):
    g = outer(g)
next(g)
del g
h = iter([1, 2])
for _ in range(100_000):
    h = outer(h)
del h
print("freed")
