class A:
    def m(self): return "A.m"
class B(A): pass
b = B()
def call(): return b.m()
print([call() for _ in range(3)])
B.m = lambda self: "B.m"
print(call())
del B.m
print(call())
A.m = lambda self: "new A.m"
print(call())
b.m = lambda: "instance"
print(call())
del b.m
print(call())
