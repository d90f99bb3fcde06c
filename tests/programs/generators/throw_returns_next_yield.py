def gen():
    try:
        yield "first"
    except RuntimeError:
        yield "from the handler"
    yield "after"

g = gen()
print(next(g))
print(g.throw(RuntimeError))
print(next(g))
