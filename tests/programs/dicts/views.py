d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), "a" in k, 2 in v, ("a", 1) in i, ("a", 2) in i, "a" in i)
d["d"] = 4
print(list(k), list(v), list(i))
for expression in """
k & {"a", "z"}, sorted(k | ["z"]), sorted(k - {"a"}), sorted(k ^ {"a", "q"}), k == {"a", "b", "c", "d"}, k >= {"a"}, k < set("abcdef"), k.isdisjoint("xyz"), {"a"} <= k
i & {("a", 1)}, sorted(i - {("a", 1)}), i == set(i), v == v, d.values() == d.values(), list(reversed(k)), list(reversed(v)), list(reversed(i))
k.mapping, type(k).__name__, type(v).__name__, type(i).__name__, sorted(["a", "x"] & k), repr({}.keys()), {}.items()
k[0]
k + k
hash(k)
v & {1}
k.mapping["new"]
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
