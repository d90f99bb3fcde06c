from collections import defaultdict
d = defaultdict(list)
for k, v in ("a", 1), ("b", 2), ("a", 3):
    d[k].append(v)
print(d, dict(d), d.get("zz"), "zz" in d, d["new"], len(d), d.default_factory)
n = defaultdict(int)
for c in "hello": n[c] += 1
print(n, defaultdict(lambda: "dflt")["x"], defaultdict(None, {"a": 1}), defaultdict(int, a=1) == {"a": 1}, d.copy() == d, type(d | {}).__name__)
tree = lambda: defaultdict(tree)
t = tree()
t["a"]["b"]["c"] = 1
print(t["a"]["b"]["c"], list(t))
try:
    defaultdict()["x"]
except KeyError as error:
    print(error)
try:
    defaultdict(5)
except TypeError as error:
    print(error)
def fails(): raise ValueError("factory")
try:
    defaultdict(fails)["k"]
except ValueError as error:
    print(error)
