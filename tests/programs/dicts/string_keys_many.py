d = {f"key{i}": i for i in range(1000)}
print(sum(d.values()), d["key777"], len(d), "key1000" in d)
for i in range(0, 1000, 2):
    del d[f"key{i}"]
print(len(d), sum(d.values()), list(d)[:3], list(d)[-3:])
for i in range(1000, 1500):
    d[f"key{i}"] = i
print(len(d), list(d)[499:502])
d.clear()
d["again"] = 1
print(d)
