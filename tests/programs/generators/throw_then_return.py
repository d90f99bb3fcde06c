def gen():
    try:
        yield
    except ValueError:
        return "handled and done"

g = gen()
next(g)
try:
    g.throw(ValueError)
except StopIteration as stop:
    print(stop.value)
