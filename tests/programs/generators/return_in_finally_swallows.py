def gen():
    try:
        yield
    finally:
        return "swallowed"

g = gen()
next(g)
try:
    g.throw(ValueError)
except StopIteration as stop:
    print(stop.value)
g = gen()
next(g)
print(g.close())
