class A:
    def __call__(self): pass
for expression in """
type(1), type("a"), type(None), type(A), type(A()), type(type), type(len), type(print), type([].append), type(lambda: 0), type(A().__call__), type(...), type(NotImplemented), type(range(1)), type(1j), type({}.keys())
callable(len), callable(A), callable(A()), callable(5), callable(lambda: 0), callable([].append), callable("x"), callable(None)
type(1, 2)
type()
type(1).__name__, type(1).__qualname__, type(1).__module__, type(1) is int, type(1) == int
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
