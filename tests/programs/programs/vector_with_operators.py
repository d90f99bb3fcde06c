from functools import total_ordering
from math import hypot
@total_ordering
class Vector:
    __slots__ = ("x", "y")
    def __init__(self, x=0, y=0): self.x, self.y = x, y
    def __add__(self, o): return Vector(self.x + o.x, self.y + o.y) if isinstance(o, Vector) else NotImplemented
    def __sub__(self, o): return self + -o
    def __neg__(self): return Vector(-self.x, -self.y)
    def __mul__(self, k): return Vector(self.x * k, self.y * k) if isinstance(k, (int, float)) else NotImplemented
    __rmul__ = __mul__
    def __iadd__(self, o): self.x += o.x; self.y += o.y; return self
    def __abs__(self): return hypot(self.x, self.y)
    def __bool__(self): return bool(self.x or self.y)
    def __eq__(self, o): return isinstance(o, Vector) and (self.x, self.y) == (o.x, o.y)
    def __lt__(self, o): return abs(self) < abs(o)
    def __hash__(self): return hash((self.x, self.y))
    def __iter__(self): yield self.x; yield self.y
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return 2
    def __format__(self, spec): return "(" + ", ".join(format(c, spec) for c in self) + ")"
    def __repr__(self): return f"Vector({self.x}, {self.y})"
a, b = Vector(1, 2), Vector(3, 4)
print(a + b, a - b, -a, a * 2, 2 * a, abs(b), bool(Vector()), a == Vector(1, 2), a < b, a >= b, {a: 1}[Vector(1, 2)], f"{b:.1f}", max(a, b), sum([a, b], Vector()), [*a], a[1], len(a))
c = a; c += b
print(a, c is a)
x, y = b
print(x, y)
for bad in lambda: a + 1, lambda: a * "2", lambda: "2" * a, lambda: a[5], lambda: setattr(a, "z", 1):
    try: bad()
    except (TypeError, IndexError, AttributeError) as error: print(type(error).__name__, error)
