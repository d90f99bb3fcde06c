a, b = [], []
print(id(a) == id(a), id(a) == id(b), id(None) == id(None), id(5) == id(5), isinstance(id(a), int))
print(hash("a") == hash("a"), hash((1, "x")) == hash((1, "x")), hash(1.0), hash(None) == hash(None), hash(int) == hash(int))
for expression in """
hash([])
hash({})
hash(set())
hash(([],))
hash(slice(1))
hash(""), hash(b""), hash(0.0), hash(False), hash(2 ** 61 - 1), hash(-1), hash(1 - 2 ** 61), hash(1e308), hash(0.1)
hash("a"), hash("abc"), hash("日本"), hash(b"abc"), hash("a" * 100), hash(("a", "b"))
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
