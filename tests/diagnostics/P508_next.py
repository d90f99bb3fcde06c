def g():
    return 1
next(g())
