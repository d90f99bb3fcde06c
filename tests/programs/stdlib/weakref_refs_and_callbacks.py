import weakref
class C:
    def __init__(self, n): self.n = n
c = C(1)
r = weakref.ref(c, lambda ref: print("callback", ref() is None))
print(r() is c, weakref.getweakrefcount(c), r is weakref.ref(c), weakref.ref(c) is weakref.ref(c))
del c
print(r())
p = C(2)
proxy = weakref.proxy(p)
print(proxy.n)
proxy.n = 3
print(p.n)
del p
try:
    proxy.n
except ReferenceError as error:
    print(error)
for bad in 5, "s", [], (), None:
    try:
        weakref.ref(bad)
    except TypeError as error:
        print(error)
class Slots: __slots__ = ()
class WithWeak: __slots__ = ("__weakref__",)
try:
    weakref.ref(Slots())
except TypeError as error:
    print(error)
w = WithWeak(); print(weakref.ref(w)() is w)
def f(): pass
print(weakref.ref(f)() is f, weakref.ref(C)() is C)
