import sys
print(sys.exc_info(), sys.exception())
try:
    raise ValueError("v")
except ValueError:
    kind, value, tb = sys.exc_info()
    print(kind.__name__, value, tb.tb_lineno, sys.exception() is value)
    try:
        raise KeyError
    except KeyError:
        print(sys.exc_info()[0].__name__)
    print(sys.exc_info()[0].__name__)
print(sys.exc_info()[0])
def f():
    try: raise IndexError
    except IndexError: return sys.exception()
print(repr(f()), sys.exception())
