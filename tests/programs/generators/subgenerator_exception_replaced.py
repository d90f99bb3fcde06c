def inner():
    try:
        yield
    except ValueError:
        raise KeyError("replaced")

def outer():
    try:
        yield from inner()
    except KeyError as error:
        print(repr(error), "context", repr(error.__context__))

g = outer()
next(g)
try:
    g.throw(ValueError("original"))
except StopIteration:
    print("ended")
