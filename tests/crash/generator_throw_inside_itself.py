# allows: ValueError
def gen():
    g.throw(KeyError)
    yield
g = gen()
next(g)
