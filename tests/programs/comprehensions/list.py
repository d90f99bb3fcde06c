print([x * x for x in range(5)], [x for x in range(10) if x % 2 if x > 3], [(x, y) for x in range(2) for y in "ab"])
print([[c for c in row] for row in ["ab", "cd"]], [x if x > 1 else -x for x in range(4)], [_ for _ in ()])
print([a + b for a, b in [(1, 2), (3, 4)]], [first for first, *rest in ["abc", "de"]], [x.real for x in (1, 2)])
print([lambda: x for x in range(2)][0](), [*[1, 2]], [x for x in [y for y in [3]]], [i for i in 5,] if 0 else "ok")
