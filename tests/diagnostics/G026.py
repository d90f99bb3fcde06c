def g():
    try:
        yield 1
    finally:
        yield 2
it = g()
next(it)
del it
print('end')
