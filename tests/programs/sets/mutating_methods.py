s = {1, 2}
for statement in """
s.add(3)
s.add(3)
s.discard(9)
s.discard(1)
s.remove(2)
s.remove(99)
s.update([5, 6], {7})
s.update("ab" and [])
s.intersection_update({5, 6, 3})
s.difference_update([3])
s.symmetric_difference_update({5, 8})
s.pop() in (6, 8)
s.clear()
s.pop()
s.add([])
s.remove([])
s.discard({})
s.update(5)
s.add()
s.remove({1})
s.__ior__({1, 2})
s.__isub__({1})
s.__iand__({2, 3})
s.__ixor__({2, 4})
frozenset([1]).add
""".strip().splitlines():
    try:
        print(statement, "->", eval(statement), sorted(s))
    except Exception as error:
        print(statement, "->", type(error).__name__, error)
t = s
t |= {100}
print(s is t, 100 in s)
f = g = frozenset([1])
f |= {2}
print(g, f == {1, 2})
