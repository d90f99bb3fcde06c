words = "apple bob cat apron bat axe cow".split()
groups = {}
for w in words:
    groups.setdefault(w[0], []).append(w)
print(groups)
tree = {}
for path in "a/b/c", "a/b/d", "a/e", "f":
    node = tree
    for part in path.split("/"):
        node = node.setdefault(part, {})
print(tree)
inverted = {}
for k, vs in groups.items():
    for v in vs:
        inverted[v] = k
print(inverted, sorted(groups, key=lambda k: -len(groups[k])), max(groups, key=lambda k: len(groups[k])))
