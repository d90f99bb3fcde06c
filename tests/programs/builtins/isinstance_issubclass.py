class A: pass
class B(A): pass
for expression in """
isinstance(1, int), isinstance(True, int), isinstance(1, (str, (float, int))), isinstance(B(), A), isinstance(A(), B), isinstance(A, type), isinstance(1, object), isinstance(None, type(None)), isinstance(1, int | str)
issubclass(B, A), issubclass(A, (int, A)), issubclass(bool, int), issubclass(int, object), issubclass(A, A), issubclass(type, object), issubclass(int, int | None)
isinstance(1, "int")
isinstance(1, [int])
isinstance(1, (int, "x"))
isinstance("s", (int, "x"))
issubclass(1, int)
issubclass(int, 1)
issubclass(int, (str, 5))
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
