class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **kw):
        print("prepare", name, kw)
        return {"injected": 42}
    def __new__(mcls, name, bases, namespace, **kw):
        print("new", name, [k for k in namespace if not k.startswith("__")])
        return super().__new__(mcls, name, bases, namespace)
    def __init__(cls, name, bases, namespace, **kw):
        print("init", name, kw)
    def __call__(cls, *args):
        print("call", args)
        return super().__call__(*args)
    def hello(cls): return f"hello from {cls.__name__}"
    @property
    def size(cls): return 5

class C(metaclass=Meta, option=True):
    x = 1
    def __init__(self, a): self.a = a
class D(C): pass

print(C.injected, D.hello(), C.size, type(D).__name__, D(7).a)
try:
    C(1).hello
except AttributeError as error:
    print(error)
