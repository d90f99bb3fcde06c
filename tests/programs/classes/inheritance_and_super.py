class A:
    def hello(self): return ["A"]
class B(A):
    def hello(self): return ["B"] + super().hello()
class C(A):
    def hello(self): return ["C"] + super().hello()
class D(B, C):
    def hello(self): return ["D"] + super().hello()

print(D().hello())
print([c.__name__ for c in D.__mro__], D.mro() == list(D.__mro__), [b.__name__ for b in D.__bases__], D.__base__.__name__)
print(issubclass(D, A), issubclass(A, D), isinstance(D(), (int, C)), issubclass(bool, int))
