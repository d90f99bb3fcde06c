for expression in """
list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate([], 1)), list(enumerate(iterable="x", start=-1)), next(enumerate("z", 10 ** 20))
list(zip([1, 2], "abc")), list(zip()), list(zip([1])), list(zip([1, 2], [3, 4], [5, 6])), dict(zip("ab", [1, 2])), list(zip(*[(1, 2), (3, 4)]))
list(zip([1, 2], [3, 4], strict=True))
list(zip([1, 2], [3], strict=True))
list(zip([1], [2, 3], strict=True))
list(zip([1], [2], [3, 4], strict=True))
list(reversed([1, 2, 3])), "".join(reversed("abc")), list(reversed(range(3))), list(reversed((1, 2))), list(reversed({"a": 1, "b": 2}))
reversed({1, 2})
reversed(5)
enumerate(5)
enumerate()
zip(5)
zip([1], bad=True)
enumerate("a", "b")
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
a = iter([1, 2, 3, 4])
print(list(zip(a, a)))
a, b = iter([1, 2, 3]), iter([1])
print(list(zip(a, b)), next(a))
