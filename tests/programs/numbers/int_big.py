a, b = 3 ** 200, 7 ** 120
for expression in """
a
a + b, a - b, b - a
a * b
a // b, a % b, -a // b, -a % b, a // -b
divmod(a, 10 ** 50)
a ** 2 == a * a, pow(3, 1000, 1009), pow(a, b, 10 ** 9 + 7)
a & b, a | b == b | a, a ^ a, ~a, -a >> 10, a >> 300, a << 5 == a * 32
a > b, a == 3 ** 200, a != b, -a < a, a < float("inf"), a > 1e300, a == float(3 ** 10)
hex(a), oct(2 ** 70), bin(2 ** 65 + 1), int(hex(a), 16) == a, str(a)[:10], len(str(a))
a.bit_length(), a.bit_count(), (a - a).bit_length(), hash(a) == hash(a + 0), bool(a - a)
float(2 ** 100), float(2 ** 1023), int(1e30), 2 ** 100 / 3, 2 ** 1000 / 2 ** 999, 10 ** 400 / 10 ** 399
float(10 ** 400)
10 ** 400 / 1
1 / 10 ** 400
2 ** 2000 + 1.5
-a, abs(-a) == a, +a == a, round(a, -90), int(-3.99e20)
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
