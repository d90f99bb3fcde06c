class C:
    def m(self, x):
        return (self.name, x)
    name = "class"

c = C()
c.name = "instance"
bound = c.m
print(bound(1), C.m(c, 2), bound.__self__ is c, bound.__func__ is C.m, bound.__name__)
print(c.m == c.m, c.m is c.m, hash(c.m) == hash(c.m), C().m == c.m)
print(repr(C.m).split(" at ")[0], repr(bound).split(" object at ")[0])
try:
    bound.tag = 1
except AttributeError as error:
    print(error)
C.m.tag = "on function"
print(bound.tag)
