class NoArgs: pass
class Bad: __match_args__ = 5
class BadItem: __match_args__ = (5,)
class One: __match_args__ = ("x",)
def attempt(f):
    try:
        print(f())
    except TypeError as error:
        print(error)
def a():
    match NoArgs():
        case NoArgs(1): return 1
def b():
    match Bad():
        case Bad(1): return 1
def c():
    match BadItem():
        case BadItem(1): return 1
def d():
    match One():
        case One(1, 2): return 1
def e():
    match 5:
        case int(1, 2): return 1
def f():
    match One():
        case One(1, x=2): return 1
def g():
    not_class = 5
    match 5:
        case not_class(): return 1
def h():
    match One():
        case One(3): return "matched"
    return "attribute missing is no match"
for x in a, b, c, d, e, f, g, h: attempt(x)
