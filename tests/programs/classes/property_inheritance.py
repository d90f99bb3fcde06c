class A:
    @property
    def v(self): return "A"
    @v.setter
    def v(self, x): print("A set", x)
class B(A):
    @A.v.getter
    def v(self): return "B"
class C(A):
    @property
    def v(self): return "C of " + super().v
b = B()
b.v = 3
print(b.v, C().v, A.v is B.v)
try:
    C().v = 1
except AttributeError as error:
    print(error)
