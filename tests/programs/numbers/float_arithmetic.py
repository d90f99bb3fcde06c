inf, nan = float("inf"), float("nan")
for expression in """
0.1 + 0.2, 1.5 * 2, 7.0 / 2, 1e308 * 10, -1e308 * 10, 5e-324 / 2
7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(-7.5, 2), 0.3 % 0.1, -0.0 % 5, 1e20 % 3
2.0 ** 0.5, 2 ** 0.5, (-8) ** (1 / 3), 0.0 ** 0, 4 ** -0.5, 2.0 ** -1074, (-1) ** 0.5
inf - inf, inf * 0, inf / inf, nan + 1, inf + 1, -inf, inf // 1, 5 % inf, -5 % inf, 1 / inf
nan == nan, nan < 1, inf == inf, inf > 1e308, -0.0 == 0.0, not nan, bool(0.0), bool(-0.0), bool(5e-324)
1.0 / 0
1.0 // 0
1.0 % 0.0
0.0 ** -1
10.0 ** 400
inf % 2
1.5 + True, 1.5 - 1, 3 - 1.5, 2 * 0.5, abs(-1.5), -1.5, +1.5
1.5 << 1
1.5 & 1
~1.5
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
