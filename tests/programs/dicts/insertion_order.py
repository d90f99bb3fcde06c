d = {}
for k in "banana":
    d[k] = d.get(k, 0) + 1
print(d, list(d))
d["b"] = 99
print(d)
del d["b"]
d["b"] = 1
print(d, list(reversed(d)))
d.pop("a"); d["a"] = 0
print(d, next(iter(d)), d.popitem())
print({**{"x": 1, "y": 2}, "x": 3, "z": 4} , {"a": 1} | {"b": 2, "a": 3})
big = {i: i for i in range(100)}
for i in range(0, 100, 3): del big[i]
for i in range(5): big[i * 3] = "back"
print(list(big)[:5], list(big)[-6:], len(big))
