for value, spec in (
    (5, "s"), (5, ".2d"), (5, ",x"), (5, "_c"), (5, "q"), (5, "5.d"), (-1, "c"), (2 ** 40, "c"),
    (5, "+c"), (5, ",,"), (5, ",_"), (5, "\u00e95d5"), (5, "99999999999999999999d"), (5, "#c"),
    (5, "dd"), (5, "=>>5"), (5, ".f"), (5, "zd"), ("s", "d"), ("s", "+"), ("s", "=5"), ("s", ","),
    ("s", "05"), ("s", "#"), ("s", "z"), ("s", " "), (1.5, "d"), (1.5, "x"), (1.5, "c"), (1.5, "s"),
    (1.5, ",_f"), (1j, "="), (1j, "05"), (1j, "%"), (None, "d"), ([], "5"), (5, "{}"),
):
    try:
        print(repr(value), repr(spec), repr(format(value, spec)))
    except (ValueError, TypeError, OverflowError) as error:
        print(repr(value), repr(spec), type(error).__name__, error)
