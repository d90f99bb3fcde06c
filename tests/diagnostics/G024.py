def g():
    x = yield 1
    print(10 / x)
    yield 2
it = g()
next(it)
try:
    it.send(0)
except ZeroDivisionError:
    print('error handled')
it.send(5)
