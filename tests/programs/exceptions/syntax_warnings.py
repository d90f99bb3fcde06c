import warnings
for source in (
    "x is 5", "() is 5", "'a'('b')", "assert (1, 'msg')", "'\\d'", "[1]['a']", "(1, 2)(3)",
    "1 if x else 2is 3", "5()", "b'\\q'", "0xfor x in y",
):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(source, "<t>", "exec")
        except SyntaxError as error:
            print(source, "-> SyntaxError", error.msg)
    for w in caught:
        print(source, "->", w.category.__name__, w.message)
