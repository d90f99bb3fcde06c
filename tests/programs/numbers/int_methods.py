for expression in """
(5).bit_length(), (0).bit_length(), (-255).bit_length(), (255).bit_count(), (-7).bit_count()
(5).conjugate(), (5).real, (5).imag, (5).numerator, (5).denominator, (5).is_integer()
(12).as_integer_ratio(), (5).__index__(), (5).__add__(3), (5).__add__(1.5), (5).__radd__(3), (5).__floordiv__(2)
(5).__eq__(5), (5).__eq__("5"), (5).__lt__(6), (5).__bool__(), (5).__hash__(), (5).__neg__(), (5).__format__("x")
(7).__divmod__(3), (2).__pow__(5), (2).__pow__(5, 7), (5).__str__(), (5).__repr__(), (5).__sizeof__() > 0
5 .real, 5..real, 5.0.is_integer()
hash(5), hash(0), hash(-1), hash(-2), hash(True), hash(2 ** 61 - 2), hash(10 ** 30)
pow(2, 10), pow(2, 10, 1000), pow(3, -1, 7), pow(2, -2), pow(-2, 3, 5), pow(5, 0, 1)
pow(2, -1, 4)
pow(2, 5, 0)
pow(2, 1.5, 3)
round(15, -1), round(25, -1), round(-15, -1), round(1234, -2), round(5), round(5, 2), round(55555, -10)
(5).nope
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
