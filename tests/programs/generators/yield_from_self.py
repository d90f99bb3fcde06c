def gen():
    yield 1
    yield from g

g = gen()
print(next(g))
try:
    next(g)
except ValueError as error:
    print(error)
