a = [10, 20, 30, 40, 50]
for expression in """
[], [1], [1, 2,], list(), list("abc"), list(range(3)), list((1, 2)), list({"a": 1}), [[]] * 2, [None] * 3, [0] * -1
a[0], a[-1], a[1:3], a[:2], a[3:], a[:], a[::2], a[::-1], a[-2:], a[1:100], a[4:1], a[4:1:-2], a[-100:1], a[True]
len(a), 30 in a, 99 in a, a + [60], a * 2 == 2 * a, min(a), max(a), sum(a), a == list(a), a is list(a), a != a[:]
a[5]
a[-6]
a["0"]
a[1.0]
a[::0]
a["a":]
[1, 2] + (3,)
[1] * "a"
[1] * 1.5
list(5)
list(1, 2)
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
