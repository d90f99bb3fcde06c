class Registry(type):
    plugins = {}
    def __new__(mcls, name, bases, ns, *, key=None):
        cls = super().__new__(mcls, name, bases, ns)
        if key: mcls.plugins[key] = cls
        return cls
    def __init__(cls, name, bases, ns, *, key=None): super().__init__(name, bases, ns)
    def __getitem__(cls, key): return cls.plugins[key]()
    def __contains__(cls, key): return key in cls.plugins
class Plugin(metaclass=Registry):
    def run(self, x): raise NotImplementedError(f"{type(self).__name__}.run")
class Double(Plugin, key="double"):
    def run(self, x): return x * 2
class Shout(Double, key="shout"):
    def run(self, x): return str(super().run(x)).upper() + "!"
class Empty(Plugin, key="empty"): pass
print([Plugin[k].run("ab") for k in ("double", "shout")], "double" in Plugin, "zz" in Plugin, sorted(Registry.plugins))
try: Plugin["empty"].run(1)
except NotImplementedError as error: print(error)
