g = (c for c in "ab.cd")
print(list(iter(lambda: next(g), ".")))
print(list(g))
