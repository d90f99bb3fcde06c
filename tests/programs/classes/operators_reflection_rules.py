class A:
    def __add__(self, o): print("A.__add__"); return NotImplemented
    def __radd__(self, o): print("A.__radd__"); return "A.radd"
class B:
    def __radd__(self, o): print("B.__radd__"); return NotImplemented
class Sub(A):
    def __radd__(self, o): print("Sub.__radd__"); return "Sub.radd"
print(A() + Sub())
print(5 + A())
for left, right in (A(), B()), (A(), A()), (A(), 1):
    try:
        print(left + right)
    except TypeError as error:
        print(error)
class SameNoOverride(A): pass
try:
    A() + SameNoOverride()
except TypeError as error:
    print(error)
