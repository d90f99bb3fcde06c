"""A descriptor that has `__set__` and no `__get__` takes writing and leaves reading to the object; a slot without a
value names its class in full."""


class Writes:
    def __init__(self, name):
        self.name = name

    def __set__(self, instance, value):
        print("set", value)
        instance.__dict__[self.name] = value


class Owner:
    a = Writes("a")


owner = Owner()
print(owner.a is Owner.__dict__["a"], Owner.a is owner.a)
owner.a = 42
print(owner.a, vars(owner))
for _ in range(3):
    print(owner.a, end=" ")
print()
del owner.__dict__["a"]
print(type(owner.a).__name__)


class Meta(type):
    b = Writes("b")


class Made(metaclass=Meta):
    b = "own"


print(Made.b)


def local():
    class Slotted:
        __slots__ = ("x",)

    return Slotted()


class Slotted:
    __slots__ = ("x",)


for instance in (Slotted(), local()):
    try:
        instance.x
    except AttributeError as error:
        print(error, error.name, error.obj is instance)
    try:
        type(instance).x.__get__(instance)
    except AttributeError as error:
        print(error, error.name)


class NotSubscriptable:
    __class_getitem__ = None


try:
    NotSubscriptable[1]
except TypeError as error:
    print(error)


class Entry:
    def __mro_entries__(self, bases):
        return (object,)


try:
    type("C", (Entry(),), {})
except TypeError as error:
    print(error)
