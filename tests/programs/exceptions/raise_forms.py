def attempt(f):
    try:
        f()
    except BaseException as error:
        print(type(error).__name__, error.args, repr(error.__cause__), error.__suppress_context__)
def a(): raise ValueError
def b(): raise ValueError("x", 1)
def c(): raise ValueError from KeyError("cause")
def d(): raise ValueError from None
def e(): raise ValueError from KeyError
def f(): raise 5
def g(): raise ValueError from 5
def h(): raise
def i(): raise int
def j(): raise "text"
def k():
    try: 1 / 0
    except ZeroDivisionError: raise
for function in a, b, c, d, e, f, g, h, i, j, k:
    attempt(function)
class Weird(Exception):
    def __new__(cls): return 5
def l(): raise Weird
attempt(l)
