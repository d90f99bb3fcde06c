def gen():
    global g
    del g
    yield "survived"
    yield "not reached"

g = gen()
print(next(g))
