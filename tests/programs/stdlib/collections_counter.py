from collections import Counter
c = Counter("abracadabra")
for expression in """
c, c["a"], c["zz"], "zz" in c, c.most_common(2), c.most_common(), sorted(c.elements())[:4], c.total(), len(c)
Counter(a=2, b=1) + Counter(a=1), Counter(a=3) - Counter(a=1, b=5), Counter(a=1, b=2) & Counter(b=1), Counter(a=1) | Counter(a=3), +Counter(a=-1, b=1), -Counter(a=-2)
Counter(), Counter([1, 1, 2]), Counter({"x": 5}), Counter(a=1) == Counter(a=1, b=0), Counter(a=1) <= Counter(a=2), dict(Counter("ab"))
Counter.fromkeys("ab")
Counter(5)
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
c.update("aaa"); c.subtract({"b": 5}); c["new"] += 2
print(c, c["b"])
del c["a"]; del c["never there"]
print(c)
