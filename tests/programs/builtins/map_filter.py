for expression in """
list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [10, 20, 30])), list(map(int, "12")), list(map(pow, [2, 3], [3, 2])), list(map(None.__class__.__bool__, [])), list(map(len, []))
list(filter(None, [0, 1, "", "a", None, [], [0]])), list(filter(str.isdigit, "a1b2")), list(filter(lambda x: x > 1, (1, 2, 3)))
map()
map(str)
list(map(5, [1]))
list(map(len, 5))
filter(None)
list(filter(5, [1]))
list(map(lambda a: a, [1], [2]))
list(map(lambda x: 1 // x, [1, 0]))
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
m = map(print, ["lazy one", "lazy two"])
print("nothing yet")
next(m)
print(type(m).__name__, iter(m) is m)
list(m)
f = filter(lambda x: print("test", x) or x % 2, range(4))
print(next(f), next(f), next(f, "end"))
