from itertools import groupby
print([(k, list(g)) for k, g in groupby("aabbba")])
print({k: [w for w in g] for k, g in groupby(sorted(["bob", "al", "cy", "dan"], key=len), key=len)})
groups = groupby([1, 1, 2, 3, 3])
k1, g1 = next(groups)
k2, g2 = next(groups)
print(k1, list(g1), k2, list(g2))
print([k for k, _ in groupby([0, 0.0, False, 1, True])], list(groupby([])))
print([(k, len(list(g))) for k, g in groupby(range(10), lambda x: x // 4)])
