for expression in """
[1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [2] > [1, 9], [1, [2]] == [1, [2]], [1, 2] != [1, 2.0], [1] == (1,)
[1, "a"] < [2, 3], [1, "a"] == [1, 3], [[1], 2] <= [[1], 2], [float("nan")] == [float("nan")]
[1, "a"] < [1, 3]
[1] < (1,)
[1] < 5
[None] < [None]
[None, 1] < [None, 2]
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
