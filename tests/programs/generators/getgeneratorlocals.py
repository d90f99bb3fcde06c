import inspect

def gen(a, *, b=2):
    c = a + b
    yield c
    del a
    yield c

g = gen(1)
print(inspect.getgeneratorlocals(g))
next(g)
print(inspect.getgeneratorlocals(g))
next(g)
print(inspect.getgeneratorlocals(g))
g.close()
print(inspect.getgeneratorlocals(g))
