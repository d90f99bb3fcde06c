def averager():
    total = 0
    while True:
        total += yield total
def prime(f):
    def w(*a):
        g = f(*a)
        next(g)
        return g
    return w
@prime
def inner():
    a = yield 'first'
    b = yield 'second'
    return (a, b)
def outer():
    r = yield from inner()
    print('got', r)
    yield r
o = outer()
print(next(o))
print(o.send(1))
