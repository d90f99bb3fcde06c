def gen():
    yield 1
    yield 2

g = gen()
next(g)
try:
    g.throw(KeyError("key"))
except KeyError as error:
    print("out came", repr(error))
print(list(g), g.gi_frame)
