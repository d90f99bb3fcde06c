print({x: x * x for x in range(4)}, {k: v for k, v in zip("ab", (1, 2))}, {v: k for k, v in {"a": 1}.items()})
print({x % 3 for x in range(10)}, {c for c in "aabb"} == {"a", "b"}, {x: x for x in (1, 1.0, True)})
print({(i, j): i * j for i in range(2) for j in range(2) if i or j})
def show(x):
    print("eval", x)
    return x
{show("key"): show("value") for _ in range(1)}
try:
    {[]: 1 for _ in range(1)}
except TypeError as error:
    print(error)
