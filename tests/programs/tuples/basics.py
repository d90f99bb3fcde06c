t = (1, "two", [3])
for expression in """
(), (1,), 1, tuple(), tuple("ab"), tuple([1, 2]), (1, 2) + (3,), (0,) * 3, 2 * (1, 2), t[0], t[-1], t[:2], t[::-1], len(t)
t.count(1), t.index("two"), [3] in t, t == (1, "two", [3]), (1, 2) < (1, 3), (1,) < (1, 0), () < (0,), hash((1, 2)) == hash((1, 2)), hash(()), max((3, 1)), sorted((2, 1))
{(1, 2): "key"}[1, 2], (lambda *a: a)(1, 2), tuple(t) is t, t[:] is t, (1, 2) == [1, 2], not (), tuple(x for x in "ab"), tuple({1: 2})
t[9]
t["a"]
t.index(99)
t + [1]
t * 1.0
hash(t)
t < (1, 2)
tuple(5)
t.append
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
try:
    t[0] = 1
except TypeError as error:
    print(error)
try:
    del t[0]
except TypeError as error:
    print(error)
t[2].append(4)
print(t)
