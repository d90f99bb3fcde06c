# A suspended generator keeps its own handled exception.
import sys

def gen():
    try:
        raise KeyError("inside")
    except KeyError:
        yield repr(sys.exc_info()[1])
        yield repr(sys.exc_info()[1])
    yield repr(sys.exc_info()[1])

g = gen()
print(next(g), sys.exc_info()[1])
try:
    raise ValueError("outside")
except ValueError:
    print(next(g), repr(sys.exc_info()[1]))
    print(next(g), repr(sys.exc_info()[1]))
print(sys.exc_info())
