import weakref
class C:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"C{self.n}"
    def m(self): return self.n
values = weakref.WeakValueDictionary()
a, b = C(1), C(2)
values["a"], values["b"] = a, b
print(sorted(values), len(values), values["a"], values.get("zz"))
del a
print(sorted(values))
keys = weakref.WeakKeyDictionary()
keys[b] = "data"
s = weakref.WeakSet([b])
print(len(keys), keys[b], b in s, len(s))
m = weakref.WeakMethod(b.m)
print(m()())
fin = weakref.finalize(b, print, "finalised", 5)
print(fin.alive)
del b
print(fin.alive, len(keys), len(s), m(), len(values))
d = C(3)
f2 = weakref.finalize(d, print, "called by hand")
print(f2(), f2(), f2.alive)
e = C(4)
weakref.finalize(e, print, "at exit")
