for expression in """
True, False, not True, not 0, not [], not None, not "x"
True and False, True or 1 / 0, False and 1 / 0, 1 and 2, 0 or "default", None or 0, [] and 5, 1 and 2 and 3, 0 or [] or {}
bool(), bool(0), bool("False"), bool([0]), bool(None), bool(0.0), bool(()), bool(...), bool(range(0)), bool(object())
True == 1, True + 2, sum([True, False, True]), ["no", "yes"][True], True & False, True | False, True ^ True, type(True & 1).__name__, type(True & True).__name__
isinstance(True, int), int(True), str(True), repr(False), f"{True:d}", f"{True}", hash(True), True.real, True.bit_length(), int.__add__(True, 1)
not 1 == 2, not (1 and 0), not not 5, 1 if 0 else 2, 1 if [] else 2 if "" else 3
bool(1, 2)
type("B", (bool,), {})
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
