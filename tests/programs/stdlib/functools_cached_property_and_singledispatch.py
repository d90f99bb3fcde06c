from functools import cached_property, singledispatch, singledispatchmethod, partialmethod
class C:
    @cached_property
    def slow(self):
        print("computing")
        return 42
c = C()
print(c.slow, c.slow, c.__dict__)
del c.slow
print(c.slow, type(C.slow).__name__)
@singledispatch
def show(x): return f"object {x}"
@show.register
def _(x: int): return f"int {x}"
@show.register(list)
def _(x): return f"list of {len(x)}"
print(show(1), show([1, 2]), show("s"), show(True), show.dispatch(bool)(5), sorted(t.__name__ for t in show.registry))
class D:
    def set(self, k, v): return k, v
    on = partialmethod(set, "state", True)
    @singledispatchmethod
    def f(self, x): return "other"
    @f.register
    def _(self, x: int): return "int"
print(D().on(), D().f(1), D().f("x"))
