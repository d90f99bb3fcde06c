for expression in """
1 == 1.0 == True == (1+0j), 0 == False, 2 ** 53 == float(2 ** 53), 2 ** 53 + 1 == float(2 ** 53)
2 ** 53 + 1 > float(2 ** 53), 10 ** 400 > 1e308, -10 ** 400 < float("-inf"), 1 < 1.5 < 2, 3 > 2.999
1 < float("nan"), 1 == float("nan"), float("nan") != float("nan"), float("inf") > 10 ** 1000
hash(1) == hash(1.0) == hash(True), {1: "a", 1.0: "b", True: "c"}, {1, 1.0, True, 2, 2.0}, hash(0.5), hash(1.5), hash(1e300)
max(1, 1.0), max(1.0, 1), min(True, 1), sorted([2, 1.5, True, 0])
1 == "1", 1 != "1", 1 in [1.0], (1, 2) == (1.0, 2.0), [1] == [True]
1 < "a"
1.5 < None
1j < 1
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
