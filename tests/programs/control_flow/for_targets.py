class Box: pass
box, items = Box(), [0, 0]
for box.value in "ab": print(box.value)
for items[1] in (5, 6): pass
print(items)
for i, (a, *b) in enumerate(["xyz", (1,)]): print(i, a, b)
for [c, d] in {"k1": 1, "k2": 2}.items(): print(c, d)
for x in 1, 2: print(x)
for x in *"ab", 3: print(x)
for d["key"] in [9] if (d := {}) == {} else []: print(d)
