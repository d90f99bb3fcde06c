class C: pass
for text, values in (
    ("%d", "x"), ("%d %d", (1,)), ("%d", (1, 2)), ("%s", ()), ("%q", 1), ("%", 1), ("%(a)s", 5),
    ("%(a)s", {"b": 1}), ("%c", "xy"), ("%c", 2 ** 40), ("%x", 1.5), ("%f", "x"), ("%d", None),
    ("%(a", {}), ("%*d", ("x", 1)), ("%c", 1.5), ("no", 1), ("%s %s", "one"), ("%5.d", "x"), ("%i", 1j),
    ("%(a)s %s", {"a": 1}), ("%z", ()),
):
    try:
        print(repr(text), repr(text % values))
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        print(repr(text), type(error).__name__, error)
