for expression in """
7 + 3 * 2 - 4
7 // 2, -7 // 2, 7 // -2, -7 // -2
7 % 3, -7 % 3, 7 % -3, -7 % -3, 0 % 5
divmod(7, 3), divmod(-7, 3), divmod(7, -3)
7 / 2, -7 / 2, 6 / 3, 1 / 3
2 ** 10, 2 ** 0, 0 ** 0, (-2) ** 3, -2 ** 2, 2 ** -1, 2 ** 3 ** 2
-5, +5, ~5, --5, - - -5, ~-1
5 & 3, 5 | 3, 5 ^ 3, -5 & 3, -5 | 3, -5 ^ 3
1 << 10, 1024 >> 3, -1 >> 5, -9 >> 1, 1 << 70, 1 << 70 >> 68
1_000_000, 0xff, 0o17, 0b1010, 0XFF, 0xdead_beef
True + True, True * 5, -True, True / 2
1 // 0
1 % 0
1 / 0
divmod(1, 0)
0 ** -1
1 << -1
1 >> -1
1 << 2 ** 70
0 << 2 ** 70
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
