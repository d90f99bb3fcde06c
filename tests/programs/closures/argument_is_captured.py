def f(a, *args, b=2, **kw):
    def g():
        return a, args, b, kw
    a = "rebound"
    return g

print(f(1, 2, b=3, c=4)())
