import traceback


def show(exc):
    print("".join(line for line in traceback.format_exception(None, exc, None)), end="")


inner = ExceptionGroup("inner", [ValueError("a"), KeyError("b")])
outer = ExceptionGroup("outer", [inner, TypeError("c")])
outer.add_note("first note\nin two lines")
show(outer)

error = ValueError("with a cause")
error.__cause__ = OSError("the cause")
error.add_note("a note")
show(error)

show(ExceptionGroup("many", [ValueError(i) for i in range(17)]))
print(traceback.format_exception_only(SyntaxError("bad", ("f.py", 2, 5, "x = = 1\n", 2, 6))))
print(traceback.format_exception_only(KeyError("k")), traceback.format_exception_only(ValueError()))
summary = traceback.TracebackException.from_exception(error)
print(summary, summary.exc_type_str, summary.__cause__.exc_type_str, summary.__context__)
