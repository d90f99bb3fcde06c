"""Each exception is explained once: inside the group, when the cause of the group is a member of it too."""


def generator():
    try:
        yield 1
    except ValueError:
        raise KeyError("during")


suspended = generator()
next(suspended)
try:
    suspended.throw(ValueError("original"))
except KeyError as error:
    error.add_note("a note")
    inner = ExceptionGroup("inner", [TypeError("t"), error])
    raise ExceptionGroup("outer", [error, OSError(1, "one"), inner]) from error
