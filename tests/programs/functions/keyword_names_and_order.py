def f(**kw): return list(kw)
print(f(z=1, a=2, m=3), f(**{"b": 1}, a=2, **{"c": 3}))
print(f(**{"not an identifier": 1, "": 2, "class": 3}))
def g(class_, *, def_=1): return class_, def_
print(g(class_=1))
