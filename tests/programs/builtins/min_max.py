for expression in """
min(3, 1, 2), max("b", "abc"), min([5]), max([1, 3, 2]), min({"b": 1, "a": 2}), max([], default="none"), min([], default=None), max("hello"), min((2, "a"), (1, "b"))
max(["aa", "b"], key=len), min("Bc", key=str.lower), max([1, -5, 3], key=abs), max([(1, "a"), (1, "b")], key=lambda t: t[0]), min(1, 1.0), max(x * x for x in (-3, 2)), max([1], key=None)
max()
max([])
min(5)
max(1, "a")
max(1, 2, default=3)
max([1], bad=2)
max([1, 2], key=5)
min([None, None])
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
