print((lambda: 1)(), (lambda x: x + 1)(2), (lambda *a, **k: (a, k))(1, b=2))
print((lambda a, b=2, /, c=3, *, d=4: a + b + c + d)(1))
add = lambda a: lambda b: a + b
print(add(1)(2), add.__name__, (lambda: 0).__qualname__)
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
print(sorted([3, -1, 2], key=lambda x: -x), list(map(lambda x, y: x * y, [1, 2], [3, 4])))
print((lambda: (yield))().__class__.__name__)
