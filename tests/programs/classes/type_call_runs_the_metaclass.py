"""`type(name, bases, namespace)` gives an instance of the bases' metaclass, whose `__init__` runs with the keywords."""


class Meta(type):
    def __new__(meta, name, bases, namespace, **options):
        print("new", name, options)
        return super().__new__(meta, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **options):
        print("init", name, options)
        super().__init__(name, bases, namespace)


class Base(metaclass=Meta, a=1):
    pass


made = type("Made", (Base,), {"x": 1}, b=2)
print(type(made).__name__, made.x)


def local():
    class Strict(unknown=1):
        pass


class Outer:
    try:
        class Inner(unknown=1):
            pass
    except TypeError as error:
        print(error)


try:
    local()
except TypeError as error:
    print(error)
