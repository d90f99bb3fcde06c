def a():
    """doc"""
def b():
    "con" "catenated"
def c():
    f"not a doc"
def d():
    x = 1
    "too late"
def e():
    b"bytes"
def f():
    """First line.

        indented
    last
    """
class K:
    "class doc"
for x in a, b, c, d, e, f, K:
    print(repr(x.__doc__))
