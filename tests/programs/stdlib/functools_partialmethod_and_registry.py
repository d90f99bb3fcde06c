import functools
from collections.abc import Iterable, Sized


class Cell:
    def set_state(self, state):
        self.alive = state

    set_alive = functools.partialmethod(set_state, True)
    set_dead = functools.partialmethod(set_state, state=False)


cell = Cell()
cell.set_alive()
print(cell.alive, end=" ")
cell.set_dead()
print(cell.alive)


@functools.singledispatch
def describe(value):
    return "something"


@describe.register
def _(value: int | float):
    return "a number"


@describe.register(Iterable)
def _(value):
    return "iterable"


print(describe(3), describe(2.5), describe("text"), describe(None), describe.dispatch(bool) is describe.dispatch(int))


@describe.register(Sized)
def _(value):
    return "sized"


try:
    describe([])
except RuntimeError as error:
    print(error)
for bad in (lambda: describe(), lambda: describe.register(3, len), lambda: describe.register(lambda x: x)):
    try:
        bad()
    except TypeError as error:
        print(type(error).__name__, str(error).partition(" at 0x")[0])
try:
    functools.total_ordering(type("None_", (), {}))
except ValueError as error:
    print(error)
