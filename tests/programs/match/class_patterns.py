class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Line: pass
def f(v):
    match v:
        case Point(0, 0): return "origin"
        case Point(x, 0): return f"x axis {x}"
        case Point(x=0, y=yy): return f"y axis {yy}"
        case Point(x, y=Point() as inner): return f"nested {inner.x}"
        case Point(): return "a point"
        case int(n) | float(n): return f"number {n}"
        case str(): return "text"
        case list([a, *_]): return f"list {a}"
        case bool(): return "never, int first"
        case dict(d): return f"dict {d}"
        case Line(): return "line"
        case object(__class__=c): return c.__name__
for v in (
    Point(0, 0), Point(3, 0), Point(0, 4), Point(1, Point(5, 6)), Point(1, 2), 5, 2.5, "s", [7, 8],
    True, {1: 2}, Line(), None,
):
    print(f(v))
