a = [1, 2, 1, 1.0, True, "1", [1]]
for expression in """
a.count(1), a.count("x"), a.index(2), a.index(1, 1), a.index("1", -3), a.index(1, -100, 100), a.copy() == a, a.copy() is a, a[6] is a.copy()[6]
a.index("zz")
a.index(2, 2)
a.index(1, 0, 0)
a.index()
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
