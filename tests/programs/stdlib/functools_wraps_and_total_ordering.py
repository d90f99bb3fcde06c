from functools import wraps, total_ordering, update_wrapper, cmp_to_key
def deco(f):
    @wraps(f)
    def wrapper(*a, **k):
        "wrapper doc"
        return f(*a, **k)
    return wrapper
@deco
def original(x: int):
    "original doc"
    return x
print(original.__name__, original.__doc__, original.__wrapped__.__name__, original.__annotations__, original(5), original.__qualname__)
@total_ordering
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
print(V(1) <= V(2), V(2) > V(1), V(2) >= V(2), V(1) != V(2))
try:
    @total_ordering
    class Nothing: pass
except ValueError as error:
    print(error)
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), sorted("bca", key=cmp_to_key(lambda a, b: (a > b) - (a < b))))
