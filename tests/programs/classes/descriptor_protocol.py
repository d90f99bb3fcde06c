class Loud:
    def __set_name__(self, owner, name):
        self.name = name
        print("set_name", owner.__name__, name)
    def __get__(self, obj, kind):
        print("get", obj is not None, kind.__name__)
        return self if obj is None else obj.__dict__.get(self.name, "unset")
    def __set__(self, obj, value):
        print("set", value)
        obj.__dict__[self.name] = value
    def __delete__(self, obj):
        print("delete")
        del obj.__dict__[self.name]

class C:
    attr = Loud()

c = C()
print(c.attr)
c.attr = 5
print(c.attr, c.__dict__)
del c.attr
print(type(C.attr).__name__)
