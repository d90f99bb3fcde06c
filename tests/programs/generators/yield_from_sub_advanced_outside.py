def inner():
    yield 1
    yield 2
    yield 3
    return "r"

def outer(sub):
    print("result", (yield from sub))

sub = inner()
g = outer(sub)
print(next(g))
print("outside:", next(sub))
print(next(g))
print("outside:", next(sub, "ended"))
print(next(g, "outer ended"))
