for expression in """
sorted([3, 1, 2]), sorted("hello"), sorted({"b": 1, "a": 2}), sorted([3, 1, 2], reverse=True), sorted([], key=5), sorted(["b", "A", "c"], key=str.lower)
sorted([(1, "b"), (1, "a"), (0, "z")]), sorted([1, 2.5, True, -1]), sorted(["10", "9", "1"]), sorted([[2], [1, 5], [1]]), sorted([-3, 2, 1], key=abs)
sorted(range(10), key=lambda x: (x % 3, -x)), sorted("bca", key=None), sorted([b"b", b"a"]), sorted([0.0, -0.0]), sorted({3, 1, 2})
[3, 1].sort()
sorted([1, "a"])
sorted([1, None])
sorted([1j, 2j])
sorted(5)
sorted([1], key=5)
sorted([1, 2], key=len)
[].sort(None)
sorted([1], reverse="x")
sorted([2, 1], reverse=1)
sorted([1], reverse=None)
sorted([{}, {}])
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
