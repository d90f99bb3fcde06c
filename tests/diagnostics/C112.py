async def f():
    return 1
def g():
    yield from f()
next(g())
