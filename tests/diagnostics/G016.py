def g():
    try:
        yield 1
    except ValueError:
        print('handled')
it = g()
it.throw(ValueError('x'))
