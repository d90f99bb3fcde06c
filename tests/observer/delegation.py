def leaf():
    got = yield 1
    try:
        yield got
    except ValueError:
        return "caught"


def root():
    result = yield from leaf()
    yield result


def double(n):
    return n + n


g = root()
next(g)
g.send(double(4))
g.throw(ValueError("stop"))
for item in g:
    pass
h = root()
next(h)
h.close()
