def g():
    yield 1
it = g()
it.sned(1)
