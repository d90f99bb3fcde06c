for expression in """
(1.5).is_integer(), (2.0).is_integer(), (0.75).as_integer_ratio(), (0.1).hex(), float.fromhex("0x1.8p1"), (-0.0).hex(), (1e300).hex()
(1.5).real, (1.5).imag, (1.5).conjugate(), (1.5).__trunc__(), (-1.5).__floor__(), (1.2).__ceil__(), (2.5).__round__(), (2.567).__round__(2)
float("nan").hex(), float.fromhex("inf"), float.fromhex("-0x0.1p-4"), float.fromhex("1"), (5e-324).hex()
float("inf").as_integer_ratio()
float("nan").as_integer_ratio()
float.fromhex("xyz")
float.fromhex("0x1p5000")
hash(1.0), hash(0.1), hash(-0.0), hash(float("inf")), hash(float("-inf")), hash(1e100)
round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5, -2), round(1e20), round(0.5), round(1.5, 0), round(5e15 + 0.5)
round(1.23456789, 5), round(1e300, 5), round(-0.4), round(0.1, 400), round(123.456, -400), round(2.5, None)
round(float("nan"))
round(float("inf"))
round(float("nan"), 2)
round(1.5, 1.5)
round("x")
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
