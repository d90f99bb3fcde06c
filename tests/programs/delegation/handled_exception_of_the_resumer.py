# The leaf sees the exception that its resumer handles, whatever the depth.
import sys
def leaf():
    while True:
        yield repr(sys.exception())
def pass_on(sub):
    yield from sub
g = pass_on(pass_on(leaf()))
print(next(g))
try:
    raise ValueError("outside")
except ValueError:
    print(next(g))
print(next(g))
def handling(sub):
    try:
        raise KeyError("in the delegator")
    except KeyError:
        yield from sub
    yield repr(sys.exception())
def twice():
    yield repr(sys.exception())
    yield repr(sys.exception())
h = handling(twice())
print(next(h))
try:
    raise OSError("resumer")
except OSError:
    print(next(h), next(h))
print(sys.exception())
