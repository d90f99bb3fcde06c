r = range(2, 20, 3)
for expression in """
range(5), range(1, 5), range(0, 10, 2), list(range(5, 0, -2)), list(range(0)), list(range(3, 1)), list(range(-3, 3)), range(True)
r[0], r[-1], r[1:3], r[::-1], list(r[::-2]), len(r), r.start, r.stop, r.step, 5 in r, 6 in r, 5.0 in r, "a" in r, r.index(8), r.count(8), r.count(9)
range(3) == range(0, 3, 1), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), hash(range(3)) == hash(range(0, 3)), list(reversed(range(4))), sum(range(101)), max(range(5)), bool(range(0))
range(10 ** 20)[10 ** 19], 10 ** 19 in range(10 ** 20), range(0, 10 ** 30, 10 ** 29)[3], range(2 ** 70, 2 ** 70 + 3)[-1], list(range(2 ** 63 - 1, 2 ** 63 + 2)), list(range(2 ** 70, 2 ** 70 - 3, -1))
r[6]
r[-7]
r["a"]
r.index(3)
range(1.5)
range("a")
range(1, 2, 0)
range(1, 2, 3, 4)
len(range(10 ** 20))
range(5) < range(6)
range(5) + range(3)
r.start.nope
range(5).append
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
