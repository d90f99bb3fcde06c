def gen():
    yield 1
    yield 2

g = gen()
next(g)
for bad in 5, "text", int, object():
    try:
        g.throw(bad)
    except TypeError as error:
        print(error)
print(next(g))
try:
    g.throw()
except TypeError as error:
    print(error)
