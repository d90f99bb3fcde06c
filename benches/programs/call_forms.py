"""Calls with keywords, defaults, *args and **kwargs."""
def f(a, b=2, *args, c=3, **kw):
    return a + b + c + len(args) + len(kw)

total = 0
args, kw = (1, 2, 3), {"c": 5, "d": 6}
for i in range(900_000):
    total += f(i) + f(i, c=1) + f(*args) + f(1, **kw)
print(total)
