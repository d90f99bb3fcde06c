# options: --json --lang both
def f(x):
    try:
        return 1 / x
    except ZeroDivisionError as error:
        error.add_note("a note")
        raise
f(0)
