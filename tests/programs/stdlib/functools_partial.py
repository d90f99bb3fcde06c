from functools import partial
def f(*args, **kw): return args, kw
p = partial(f, 1, x=2)
print(p(), p(3, y=4), p(x=5), p.func is f, p.args, p.keywords)
q = partial(p, 9, z=1)
print(q(7), q.func is f, q.args, q.keywords)
print(repr(partial(int, "7", base=8)), partial(int, base=2)("101"), list(map(partial(pow, 2), range(4))), sorted([3, 1], key=partial(max, 2)))
p.tag = "attribute"
print(p.tag, callable(p))
for bad in lambda: partial(), lambda: partial(5), lambda: partial(f=1):
    try:
        bad()
    except TypeError as error:
        print(error)
