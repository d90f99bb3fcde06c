def leaf(n):
    yield n
    return n * 10

def middle(n):
    a = yield from leaf(n)
    b = yield from leaf(n + 1)
    return a + b

def root():
    total = yield from middle(1)
    total += yield from middle(5)
    return total

g = root()
while True:
    try:
        print(next(g))
    except StopIteration as stop:
        print("total", stop.value)
        break
