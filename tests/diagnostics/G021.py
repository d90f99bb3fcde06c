def g():
    yield from [1, 2]
it = g()
next(it)
it.send('x')
