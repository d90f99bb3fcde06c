def show(x):
    print("eval", x)
    return x

def f(*args, **kw):
    print("called", args, kw)

f(show(1), *[show(2), show(3)], show(4), a=show(5), **{"b": show(6)})
(show("function"), f)[1](show("arg"))
d = {}
d[show("key")] = show("value")
def g(a=show("default")): pass
print("defined")
