# allows: OK RecursionError MemoryError
def outer(sub):
    yield from sub

def leaf():
    yield 1
    yield 2

g = leaf()
for _ in range(100_000):
    g = outer(g)
print(next(g))
print(next(g))
print(next(g, "end"))
