"""Assigning `__bases__` changes the order of a class and of those below it, or nothing at all."""


def attempt(action):
    try:
        action()
        print("done")
    except Exception as error:
        print(type(error).__name__, error)


class A:
    pass


class B:
    pass


class C(A):
    pass


class D(C):
    pass


def names(cls):
    return [base.__name__ for base in cls.__mro__]


def assign(cls, *bases):
    cls.__bases__ = bases


attempt(lambda: assign(C, B))
print(names(D))
attempt(lambda: assign(C, A, B))
print(names(D))
attempt(lambda: assign(A, D))
attempt(lambda: assign(A, A))
attempt(lambda: assign(C, A, A))
attempt(lambda: assign(C))
attempt(lambda: setattr(C, "__bases__", [A]))
attempt(lambda: assign(C, int))
attempt(lambda: assign(C, 3))
attempt(lambda: assign(B, A))
attempt(lambda: assign(C, type("Slotted", (), {"__slots__": ("x",)})))
print(names(C), names(D))


class Meta(type):
    refuses = False

    def mro(cls):
        if cls.__name__ == "Low" and Meta.refuses:
            raise RuntimeError("no order")
        return super().mro()


class Top(metaclass=Meta):
    pass


class Other(metaclass=Meta):
    pass


class Middle(Top):
    pass


class Low(Middle):
    pass


Meta.refuses = True
attempt(lambda: assign(Middle, Other))
print(Middle.__bases__, names(Middle), names(Low))
Meta.refuses = False
attempt(lambda: assign(Middle, Other))
print(Middle.__bases__, names(Middle), names(Low))
