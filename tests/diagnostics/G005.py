def g():
    while True:
        try:
            yield 1
        except:
            print('caught')
it = g()
next(it)
it.close()
