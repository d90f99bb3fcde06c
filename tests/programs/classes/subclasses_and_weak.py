class A: pass
class B(A): pass
class C(A): pass
print([c.__name__ for c in A.__subclasses__()])
class D(B): pass
print([c.__name__ for c in B.__subclasses__()], type.__subclasses__(A) == A.__subclasses__())
print(A.__dict__.get("__module__"), type(A.__dict__).__name__)
try:
    A.__dict__["x"] = 1
except TypeError as error:
    print(error)
