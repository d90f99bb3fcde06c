def f(x):
    try:
        return 1 / x
    except ZeroDivisionError as error:
        error.add_note("the first note\nwith two lines")
        error.add_note("注释")
        raise
f(0)
