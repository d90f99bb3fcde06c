for expression in """
repr("a"), repr(1.0), repr(None), repr([1, "x"]), ascii("é"), ascii(["é", 1]), format(5), format(5, "03"), format("a", ">3"), format(1.5, ".2f"), format([1]), format(None)
repr()
format()
format(5, 5)
format("a", None)
ascii()
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
