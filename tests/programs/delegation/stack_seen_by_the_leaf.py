# Inside a delegation the whole chain is on the call stack.
import sys
def names():
    frame, out = sys._getframe(1), []
    while frame:
        out.append(frame.f_code.co_name)
        frame = frame.f_back
    return out
def leaf():
    print(names())
    yield 1
    print(names())
    yield 2
def middle():
    yield from leaf()
def root():
    yield from middle()
def caller(g):
    return next(g)
g = root()
next(g)
caller(g)
