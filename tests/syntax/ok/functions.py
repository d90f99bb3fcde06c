# Parameters of every kind, annotations, decorators, classes.
def f(): pass
def f(a, b: int, /, c=1, d: int = 2, *e: *Ts, f, g=3, h: int = 4, **i: str) -> None: return
def f(a, /, *, b): ...
def f(*a, b): ...
def f(
    a,
): ...
@a
@b.c(d)
@(e := f)
def g():
    yield
    x = yield
    y = yield 1, *z
    yield from x
    return *a, b
@a
class C(A, *B, metaclass=M, **k):
    x: int
    x: int = 1
    (x): int = 1
    x.y: int
    x[0]: int = yield
    def f(self): return
class D: pass;
class E(): x = 1; y = 2
async def f():
    await x
    await a.b(c) ** 2
    async for a, *b in c: pass
    else: pass
    async with a as b, c as (d, e): pass
    async with (a as b, c): pass
    return [a async for a in b if await c]
