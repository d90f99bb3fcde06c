def f(*args, **kw): pass

class M:
    def keys(self): return ["k"]
    def __getitem__(self, key): return key * 2

def show(**kw): return kw
print(show(**M()))
for call in (
    lambda: f(*5),
    lambda: f(**5),
    lambda: f(**{1: 2}),
    lambda: f(**[1]),
    lambda: f(1, *None),
    lambda: print(*5),
    lambda: f(**{"a": 1}, **{"a": 2}),
    lambda: M().keys(**3),
):
    try:
        call()
    except TypeError as error:
        print(error)
