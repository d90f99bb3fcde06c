import copy

def gen():
    yield 1

g, h = gen(), gen()
print(g == g, g == h, g != h)
try:
    g < h
except TypeError as error:
    print(error)
try:
    copy.copy(g)
except TypeError as error:
    print(error)
