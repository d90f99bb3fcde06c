for expression in """
{}, {"a": 1}, {1: 2, "k": [3], None: 4, (1, 2): 5}, dict(), dict(a=1, b=2), dict([("x", 1), ("y", 2)]), dict({"a": 1}, b=2), dict(zip("ab", (1, 2))), dict(["ab", "cd"])
{"a": 1, "a": 2}, {1: "int", True: "bool", 1.0: "float"}, {**{"a": 1}, "b": 2}, dict.fromkeys("abc"), dict.fromkeys([1, 2], 0), dict(**{"k": 1}), {x: x for x in ()}
dict(5)
dict([1])
dict([(1, 2, 3)])
dict(["abc"])
dict([(1, 2), 5])
dict(1, 2)
{[]: 1}
{{}: 1}
dict([([], 1)])
dict.fromkeys(5)
dict.fromkeys([[]])
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
