it = iter([1, 2])
for expression in """
next(it), next(it), next(it, "default"), next(it, None)
next(it)
next([1])
next(5)
iter(5)
iter(5, 1)
next(iter([]))
list(iter("ab")), list(iter({"k": 1})), list(iter(b"ab")), type(iter([])).__name__, type(iter(())).__name__, type(iter("")).__name__, type(iter({})).__name__, type(iter(set())).__name__, type(iter(range(0))).__name__, type(iter(b"")).__name__
type(iter({}.values())).__name__, type(iter({}.items())).__name__, type(iter(int, 1)).__name__, type(reversed([])).__name__, type(zip()).__name__, type(iter(range(2 ** 70))).__name__, type(iter("é")).__name__
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
data = [3, 1, 0, 2]
print(list(iter(data.pop, 1)), data)
def f():
    raise StopIteration
print(list(iter(f, 5)))
