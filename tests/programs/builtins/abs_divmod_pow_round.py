for expression in """
abs(-3), abs(2.5), abs(-0.0), abs(3 + 4j), abs(True), abs(-10 ** 30)
divmod(17, 5), divmod(-17, 5), divmod(17.5, 5), divmod(5, 0.3)
pow(2, 3), pow(2, 3, 5), pow(2.0, 3), pow(base=2, exp=5, mod=7), pow(2, exp=3)
round(2.567, 1), round(2.5), round(-2.5), round(5), round(number=1.25, ndigits=1), round(10 ** 20 + 1, -5)
abs("x")
divmod(1, 0)
divmod("a", 1)
pow("a", 2)
pow(2, 3, 0)
pow(2.5, 3, 2)
round([])
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
