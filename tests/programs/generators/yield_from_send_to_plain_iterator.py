# send(None) works with any iterator; another value needs a send method.
def gen():
    yield from [1, 2, 3]

g = gen()
print(next(g), g.send(None))
try:
    g.send("value")
except AttributeError as error:
    print(error)
print(list(g))
