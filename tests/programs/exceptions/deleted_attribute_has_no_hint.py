"""A suggestion follows where an attribute was read, not where it was to be deleted."""


class Thing:
    def __init__(self):
        self.value = 1


thing = Thing()
for action in (lambda: delattr(thing, "valu"), lambda: getattr(thing, "valu")):
    try:
        action()
    except AttributeError as error:
        print(error, error.name, error.obj is thing)
for details in (("f.py", 1, 2), ("f.py", 1, 2, "text", 1), ("f.py", 1, 2, "text", 1, 2, 3), ("f.py", 1, 2, "text", 3, 4)):
    try:
        error = SyntaxError("message", details)
        print(error.lineno, error.end_lineno, error.end_offset)
    except TypeError as error:
        print(error)


class Odd:
    def __int__(self):
        return "text"


for text in ("%d", "%i", "%x", "%c"):
    try:
        text % Odd()
    except TypeError as error:
        print(error)
del thing.valu
