# The old (type, value, traceback) form still works, with a warning.
import warnings
warnings.simplefilter("ignore")

def gen():
    while True:
        try:
            yield
        except Exception as error:
            print(type(error).__name__, error.args, error.__traceback__ is not None)

g = gen()
next(g)
g.throw(ValueError, "text")
g.throw(ValueError, ("a", "b"))
g.throw(ValueError, ValueError("made"))
g.throw(ValueError, None)
g.throw(ValueError, 5, None)
for arguments in [(ValueError("x"), "y"), ("not a class",), (int,), (ValueError, 1, 2)]:
    try:
        g.throw(*arguments)
    except TypeError as error:
        print("TypeError:", error)
