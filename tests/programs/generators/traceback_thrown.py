def worker():
    while True:
        yield

g = worker()
next(g)
g.throw(LookupError("thrown in"))
