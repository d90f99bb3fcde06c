# Every way to pass arguments to a Python function, plain, generator and coroutine functions alike.
def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw

def show(*args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except TypeError as error:
        print("TypeError:", error)

print(f(1, d=4), f(1, 9, d=4), f(1, 9, 8, 7, 6, d=4, e=0, z=1))
for args, kwargs in (
    ((), {"d": 1}), ((1,), {}), ((1,), {"d": 1, "a": 2}), ((1, 2, 3), {"c": 4, "d": 1}), ((1,), {"d": 1, "c": 7}),
    ((1, 2, 3, 4), {"d": 1, "x": 2, "y": 3}), ([1], {"d": 2}), ((), {}),
):
    show(*args, **kwargs)

def plain(a, b):
    return a, b

def strict(a, *, b):
    return a, b

def gen(a, *rest, k=0, **kw):
    yield a
    yield rest
    yield k, kw

async def coro(a, b=1, *, c=2):
    return a, b, c

def drive(c):
    try:
        c.send(None)
    except StopIteration as stop:
        return stop.value

print(plain(b=1, a=2), plain(1, b=3), plain(*(1, 2)), plain(**{"b": 1, "a": 0}), plain(*(5,), **{"b": 6}))
print(list(gen(1, 2, 3, k=4, z=5)), list(gen(*"abc", **{"k": 1, "w": 2})))
print(drive(coro(1)), drive(coro(1, c=5)), drive(coro(*[1, 2], **{"c": 3})))
for call in (
    lambda: plain(1), lambda: plain(1, 2, 3), lambda: plain(1, a=2), lambda: plain(1, 2, c=3), lambda: strict(1, 2),
    lambda: strict(1), lambda: strict(1, b=2, bb=3), lambda: plain(**{1: 2}), lambda: plain(*1), lambda: plain(**3),
    lambda: plain(1, **{"b": 2}, **{"b": 3}), lambda: drive(coro()), lambda: list(gen()), lambda: gen(1, a=2),
):
    try:
        print(call())
    except TypeError as error:
        print("TypeError:", error)

class C:
    def __init__(self, x, *rest, y=0, **more):
        self.all = x, rest, y, more

    def method(self, p, q=1, *args, r=2, **kw):
        return p, q, args, r, kw

print(C(1).all, C(1, 2, y=3, z=4).all, C(*(1, 2), **{"y": 5}).all)
c = C(0)
m = c.method
print(c.method(1), c.method(1, r=3), m(1, 2, 3, r=4, s=5), m(*(1, 2, 3), **{"q2": 4}), C.method(c, 7, q=8))

mapping = {"b": 1}
def keeps(a=0, **kw):
    kw["a"] = a
    return kw

print(keeps(**mapping), mapping, keeps(1, **mapping), mapping, keeps(**mapping, c=2), mapping)

def recursive(n, *args, **kw):
    return recursive(n + 1, *args, **kw)

try:
    recursive(0, 1, k=2)
except RecursionError:
    print("too deep")
