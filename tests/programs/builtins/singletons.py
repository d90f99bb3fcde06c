print(None, NotImplemented, Ellipsis, ..., ... is Ellipsis, type(None)() is None, type(...)() is ...)
print(None == None, None is None, None != 0, bool(None), not None, [None] * 2, repr(...), None.__class__.__name__)
for statement in "None = 1", "True = 0", "... = 1", "None.x = 1", "dict(None=1)", "def None(): pass", "__debug__ = 0":
    try:
        exec(statement)
    except (SyntaxError, AttributeError) as error:
        print(statement, "->", type(error).__name__, getattr(error, "msg", error))
