def gen():
    yield 1
    return "result"

g = gen()
print(next(g))
try:
    next(g)
except StopIteration as stop:
    print(stop.value, stop.args)
try:
    next(g)
except StopIteration as stop:
    print(stop.value, stop.args)
