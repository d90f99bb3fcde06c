s = slice(1, 10, 2)
for expression in """
s, slice(5), slice(None), slice(1, None), s.start, s.stop, s.step, s == slice(1, 10, 2), s.indices(5), slice(None, None, -1).indices(4), slice(-3, None).indices(10), slice(10, 0, -3).indices(8)
"abcdefghijkl"[s], [0, 1, 2, 3][slice(-2, None)], list(range(20))[s], hash(slice(1, 2)) == hash(slice(1, 2)), slice(1, 2) < slice(1, 3), slice("a", "b")
slice()
s.indices(-1)
slice(1, 2, 0).indices(5)
slice("a").indices(5)
slice(1, 2, 3, 4)
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
