from collections import namedtuple
P = namedtuple("P", "x y")
p = P(1, y=2)
for expression in """
p, p.x, p[1], p == (1, 2), P._fields, p._asdict(), p._replace(x=9), P._make([3, 4]), p + (3,), len(p), tuple(p), [*p], isinstance(p, tuple)
namedtuple("Q", ["a", "b"], defaults=[5])(1), namedtuple("R", "a, b")(1, 2), namedtuple("S", "a def a", rename=True)._fields, P.__name__, P.x.__doc__, P.__doc__, hash(p) == hash((1, 2))
P(1)
P(1, 2, 3)
P(x=1, z=2)
p._replace(q=1)
namedtuple("T", "def")
namedtuple("T", "a a")
namedtuple("T", "_x")
namedtuple("1T", "a")
P._make([1])
p.z
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
try:
    p.x = 5
except AttributeError as error:
    print(error)
class Sub(P):
    def total(self): return self.x + self.y
x, y = Sub(3, 4)
print(Sub(3, 4), Sub(3, 4).total(), x, y)
