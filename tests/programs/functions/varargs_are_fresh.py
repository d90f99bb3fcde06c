def f(*args, **kw):
    kw["new"] = 1
    return args, kw

d = {"a": 1}
t = (1, 2)
print(f(*t, **d), d, f(*t)[0] == t)
