# The dunder methods of builtin types can be called and compared like others.
for expression in """
int.__add__(1, 2), (1).__add__("x"), str.__len__("abc"), list.__getitem__([1, 2], 1), dict.__contains__({1: 2}, 1), float.__truediv__(1.0, 4), (5).__rsub__(10), "a".__lt__(1), [1].__eq__((1,)), object.__eq__(1, 1), object.__ne__(1, 2)
type.__call__(int, "5"), int.__new__(int, 7), object.__repr__(5).startswith("<int object at"), object.__str__(5), str.__mod__("%s", 1), tuple.__hash__((1,)) == hash((1,)), (5).__bool__(), [].__len__(), {}.__iter__().__next__.__name__, (3).__pow__(2, 5), (2).__rpow__(3)
int.__add__("a", 1)
str.__len__(5)
list.append({}, 1)
dict.fromkeys.__self__ is dict, [].append.__self__, "x".join.__name__, str.join.__qualname__, len.__name__, len.__module__, [].append.__qualname__, type(str.join).__name__, type(int.__add__).__name__, type((1).__add__).__name__, type(dict.__dict__["fromkeys"]).__name__
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
