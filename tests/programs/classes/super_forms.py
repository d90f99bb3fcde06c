class A:
    x = "A.x"
    def m(self): return "A.m"
    @classmethod
    def c(cls): return "A.c " + cls.__name__
    @staticmethod
    def s(): return "A.s"
class B(A):
    x = "B.x"
    def m(self):
        return super().m(), super(B, self).m(), super().x, super().s()
    @classmethod
    def c(cls):
        return super().c()
    def missing(self):
        return super().nothing

b = B()
print(b.m(), B.c(), b.c())
s = super(B, b)
print(s.m(), s.__thisclass__.__name__, s.__self__ is b, s.__self_class__.__name__)
print(repr(s).split(", <")[0])
try:
    b.missing()
except AttributeError as error:
    print(error)
for action in lambda: super(), lambda: super(int, "x"), lambda: super(5, 6):
    try:
        action()
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)
def f(self): return super().m()
B.late = f
try:
    b.late()
except RuntimeError as error:
    print(error)
