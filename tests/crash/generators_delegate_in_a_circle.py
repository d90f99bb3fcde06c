# allows: ValueError RecursionError
def a():
    yield 1
    yield from y
def b():
    yield from x
x, y = a(), b()
next(x)
next(y)
next(x)
