a = b = c = 1
del a, (b, c)
for name in "abc":
    print(name in globals())
items = [0, 1, 2, 3, 4]
del items[1], items[-1]
print(items)
del items[:2]
print(items)
d = {"x": 1, "y": 2}
del d["x"]
print(d)
class C: pass
o = C()
o.attr = 1
del o.attr
for action in "del o.attr", "del d['x']", "del items[5]", "del a", "del (1).real", "del 'abc'[0]", "del (1, 2)[0]":
    try:
        exec(action)
    except Exception as error:
        print(type(error).__name__, error)
