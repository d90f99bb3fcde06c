import inspect


class Base:
    def method(self):
        """Does a thing.

            An indented line.
        """

    @property
    def computed(self):
        raise RuntimeError("never run")


class Child(Base):
    slot = 1

    def method(self):
        pass


child = Child()
print(inspect.getdoc(Child.method))
print(type(inspect.getattr_static(child, "computed")).__name__)
print(inspect.getattr_static(child, "absent", "default"))
print([name for name, value in inspect.getmembers(Child, inspect.isfunction)])
print(inspect.ismethod(child.method), inspect.isfunction(Child.method), inspect.isclass(Child))
print([cls.__name__ for cls in inspect.getmro(Child)])
print(inspect.isbuiltin(len), inspect.isroutine(len), inspect.isdatadescriptor(Base.computed))
print([(a.name, a.kind) for a in inspect.classify_class_attrs(Child) if a.name in ("method", "computed", "slot")])


def outer():
    x = 1

    def inner():
        return x, len, undefined_name

    return inner


print(inspect.getclosurevars(outer()).nonlocals)
print(inspect.getmodulename("a/b/thing.py"))
