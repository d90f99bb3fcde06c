d = {"a": 1, "b": 2, "c": 3}
for expression in """
d["a"], d.get("a"), d.get("z"), d.get("z", 0), "a" in d, 1 in d, len(d), list(d), list(d.items()), d.copy() == d, d.copy() is d
d.setdefault("a", 9), d.setdefault("n"), d.setdefault("m", []), d
d.pop("n"), d.pop("zz", "default"), d.pop("m"), d
d.update({"a": 10}), d.update(b=20, x=5), d.update([("y", 6)]), d.update(), d
d.popitem(), d.popitem(), d
d | {"a": 0, "q": 1}, {"q": 1} | d, d
d["zz"]
d.pop("zz")
d[[]]
[] in d
d.get([])
d.update(5)
d.update([1])
d | [("a", 1)]
{}.popitem()
d < {}
d.a
hash(d)
d.clear(), d
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
d |= {"k": 1}
d |= [("j", 2)]
print(d)
del d["k"]
try:
    del d["k"]
except KeyError as error:
    print(error)
