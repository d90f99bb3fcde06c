def f(a, *args, b=2, **kw):
    return a, args, b, kw

print(f(1))
print(f(1, 2, 3, b=4, c=5, d=6))
print(f(*range(4), **{"z": 1, "y": 2}))
print(f(1, *[2], *(3, 4), **{"b": 5}, **{"k": 6}))
print(f(*"abc", *(), x=1, *[0]))
