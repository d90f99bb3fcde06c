O = object
class F: pass
class E: pass
class D: pass
class C(D, F): pass
class B(D, E): pass
class A(B, C): pass
print(" ".join(c.__name__ for c in A.__mro__))
class X(O): pass
class Y(X): pass
class Z(Y, X): pass
print(" ".join(c.__name__ for c in Z.mro()))
