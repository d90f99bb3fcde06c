def gen():
    yield 1

g = gen()
try:
    g.send(5)
except TypeError as error:
    print(error)
print("still usable:", next(g))
