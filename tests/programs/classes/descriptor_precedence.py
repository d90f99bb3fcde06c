# Data descriptor, then instance dict, then non-data descriptor, then __getattr__.
class Data:
    def __get__(self, o, t): return "data descriptor"
    def __set__(self, o, v): raise AttributeError("read only")
class NonData:
    def __get__(self, o, t): return "non-data descriptor"
class C:
    d = Data()
    n = NonData()
    plain = "class attribute"
    def __getattr__(self, name): return f"__getattr__({name})"
c = C()
c.__dict__.update(d="instance", n="instance", plain="instance")
print(c.d, "|", c.n, "|", c.plain, "|", c.other)
c.__dict__.clear()
print(c.d, "|", c.n, "|", c.plain)
try:
    c.d = 1
except AttributeError as error:
    print(error)
class NoDelete:
    def __set__(self, o, v): print("set", v)
class D: x = NoDelete()
d = D()
d.x = 3
try:
    del d.x
except AttributeError as error:
    print(error)
