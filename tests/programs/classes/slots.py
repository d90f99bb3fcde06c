class P:
    __slots__ = ("x", "y")
    def __init__(self, x): self.x = x
p = P(1)
print(p.x, hasattr(p, "y"), hasattr(p, "__dict__"), P.__slots__, type(P.x).__name__)
for action in "p.z = 1", "p.y", "del p.y", "vars(p)":
    try:
        exec(action)
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
p.y = 2
del p.y
class Q(P):
    __slots__ = "w"
q = Q(3); q.w = 4
print(q.x, q.w, hasattr(q, "__dict__"))
class R(P): pass
r = R(5); r.free = 6
print(r.__dict__, r.x)
class S: __slots__ = ["__dict__", "a"]
s = S(); s.a = 1; s.b = 2
print(s.__dict__)
for body in "__slots__ = ('x',); x = 1", "__slots__ = ('1x',)", "__slots__ = (5,)":
    try:
        exec(f"class T:\n    {body}")
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
