async def f():
    return 1
c = f()
next(c)
