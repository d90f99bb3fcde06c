class C:
    def __len__(self): return 3
class Hint:
    def __iter__(self): return iter([1, 2])
    def __length_hint__(self): print("hint asked"); return 100
for expression in """
len(""), len("é"), len([1]), len({}), len(range(5)), len(C()), len(b"ab"), len({1, 2}), len((1,)), len("😀")
len(5)
len(None)
len(x for x in ())
len(int)
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
print(list(Hint()))
