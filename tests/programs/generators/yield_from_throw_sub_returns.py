def inner():
    try:
        yield
    except ValueError:
        return "inner gave up"

def outer():
    result = yield from inner()
    print(result)
    yield "outer continues"

g = outer()
next(g)
print(g.throw(ValueError))
