def inner():
    try:
        yield 1
    finally:
        print("inner finally")

def outer():
    try:
        yield from inner()
    finally:
        print("outer finally")

g = outer()
next(g)
g.close()
print("--")
g = outer()
next(g)
del g
print("--")
g = outer()
next(g)
try:
    g.throw(KeyError("k"))
except KeyError:
    print("caught")
