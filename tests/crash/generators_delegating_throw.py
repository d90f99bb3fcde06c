# allows: ValueError RecursionError
def outer(sub):
    yield from sub

def leaf():
    yield 1

g = leaf()
for _ in range(900):
    g = outer(g)
next(g)
g.throw(ValueError("deep"))
