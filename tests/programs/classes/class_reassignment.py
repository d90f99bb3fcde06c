class A:
    def who(self): return "A"
class B:
    def who(self): return "B"
a = A()
a.x = 1
a.__class__ = B
print(a.who(), a.x, type(a).__name__)
for bad in int, 5:
    try:
        a.__class__ = bad
    except TypeError as error:
        print(error)
A.who = lambda self: "patched"
print(A().who())
B.__bases__
class C(A): pass
C.__bases__ = (B,)
print(C().who(), [c.__name__ for c in C.__mro__])
C.__name__ = "Renamed"
print(C.__name__, repr(C))
