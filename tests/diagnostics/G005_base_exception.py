def g():
    try:
        yield 1
    except BaseException as e:   # everything
        print('stop', repr(e))
        yield 2
it = g()
next(it)
it.close()
