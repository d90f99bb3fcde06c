for expression in r"""
float("1.5"), float(" 1e3\n"), float("-.5"), float("5."), float("1_000.5"), float("inf"), float("-Infinity"), float("nan"), float("1e400"), float("1e-400")
float("+1"), float("0x1"[2:]), float(b"2.5"), float(), float(5), float(True), float("٣.٥"), float("1E+5"), float("00012")
float("")
float("x")
float("1.5.2")
float("1e")
float("1__0")
float("1 2")
float(None)
float([])
float("0x10")
float(1j)
float("1.7976931348623159e308"), float("2.2250738585072011e-308"), float("9007199254740993"), float("0.1e1")
float("123456789012345678901234567890"), float("4.9e-324"), float("2.4703282292062327e-324"), float("2.4703282292062329e-324")
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
