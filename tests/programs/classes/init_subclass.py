class Plugin:
    registry = {}
    def __init_subclass__(cls, /, name=None, **kw):
        super().__init_subclass__(**kw)
        print("new subclass", cls.__name__, name)
        cls.registry[name or cls.__name__] = cls
class A(Plugin, name="alpha"): pass
class B(A): pass
print(sorted(Plugin.registry))
try:
    class C(Plugin, wrong=1): pass
except TypeError as error:
    print(error)
try:
    class D(keyword=1): pass
except TypeError as error:
    print(error)
