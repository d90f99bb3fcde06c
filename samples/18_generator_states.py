# A generator is in one of four states. inspect can tell which.

import inspect


def generator():
    print("inside:", inspect.getgeneratorstate(g))
    value = yield 1
    print("got", value)


g = generator()
print("made:  ", inspect.getgeneratorstate(g))
next(g)
print("paused:", inspect.getgeneratorstate(g))
print("its local variables:", inspect.getgeneratorlocals(g))
try:
    g.send("hello")
except StopIteration:
    print("ended: ", inspect.getgeneratorstate(g))
