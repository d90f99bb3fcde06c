def g():
    yield 1
    yield 2
    yield 3
    yield 4
it = g()
while True:
    if next(it) % 2:
        print(next(it))
