def f(x):
    match x:
        case {"type": "circle", "r": r}: return f"circle {r}"
        case {"type": kind, **rest}: return f"{kind} {rest}"
        case {1: _, None: n}: return f"literal keys {n}"
        case {}: return "some mapping"
        case _: return "no mapping"
print(f({"type": "circle", "r": 5, "extra": 1}))
print(f({"type": "square", "side": 2}))
print(f({1: 2, None: 3}), f({}), f({"a": 1}), f([]))
from collections import defaultdict
d = defaultdict(int)
match d:
    case {"missing": v}: print("never")
    case {}: print("not created", dict(d))
class K: a = "key"
match {"key": 1}:
    case {K.a: v}: print("dotted key", v)
