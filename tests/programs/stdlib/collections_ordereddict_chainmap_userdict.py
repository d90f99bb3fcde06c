from collections import OrderedDict, ChainMap, UserDict, UserList, UserString
o = OrderedDict(a=1, b=2, c=3)
o.move_to_end("a"); print(o)
o.move_to_end("c", last=False); print(o, o.popitem(last=False), o.popitem(), list(reversed(o)))
print(OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1))
try:
    o.move_to_end("zz")
except KeyError as error:
    print(error)
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(m["a"], m["b"], dict(m), len(m), m.new_child({"b": 0})["b"], m.parents, "zz" in m, m.get("q", "d"))
m["b"] = 9; print(m)
class U(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
u = U(A=1); u["B"] = 2; u.update(C=3)
print(u, u.data, UserList([1, 2]) + [3], UserString("abc").upper())
