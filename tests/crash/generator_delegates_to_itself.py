# allows: ValueError
def gen():
    yield from g
g = gen()
next(g)
