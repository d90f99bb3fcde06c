# allows: OK RecursionError
def outer(sub):
    yield from sub

def leaf():
    try:
        yield 1
    finally:
        print("leaf closed")

g = leaf()
for _ in range(100_000):
    g = outer(g)
try:
    next(g)
    g.close()
except RecursionError:
    print("too deep")
