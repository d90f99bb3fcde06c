for expression in """
all([]), any([]), all([1, "x"]), all([1, 0]), any([0, ""]), any([0, 5]), all(x > 0 for x in (1, 2)), any(x > 5 for x in (1, 2))
sum([]), sum([1, 2.5]), sum([1, 2], 10), sum([[1], [2]], []), sum((0.1,) * 10), sum([1, 2], start=5), sum(range(101)), sum([True, True]), sum({1: 2}), sum([1e100, 1, -1e100]), sum([1j, 2])
sum(["a", "b"])
sum(["a"], "")
sum([b"a"], b"")
sum([1, "a"])
sum(5)
sum([[1]], ())
all(5)
any(None)
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
