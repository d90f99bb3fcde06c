for text in (
    "0.1", "1e16", "1e15", "123456789.0", "1e-4", "1e-5", "1.0", "-0.0", "1e22", "1e23", "5e-324",
    "1.7976931348623157e308", "inf", "-inf", "nan", "0.30000000000000004", "100000000000000000000",
    "12345678901234567", "9007199254740993", "2.5e-7", "1e2",
):
    print(text, repr(float(text)), str(float(text)))
for expression in """
0.1 + 0.2
1 / 3
2 / 3
1e3
10.0 ** 20
1.1 * 1.1
3.0
-2.50
1_000.5
.5
5.
1e0
complex(1, 2)
complex(0, -0.0)
complex(-0.0, 1)
complex(float("nan"), float("inf"))
1e16j
complex(1.5)
-1j
1+0j
""".strip().splitlines():
    print(expression, "->", eval(expression))
