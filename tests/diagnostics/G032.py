def g():
    yield 1
it = g()
try:
    next(it)
    next(it)
except StopIteration as e:
    print(e.value)
try:
    raise Exception('boom')
except Exception as e:
    print(e.value)
