def gen():
    try:
        yield
    finally:
        pass
    raise KeyError("new")

g = gen()
next(g)
try:
    raise ValueError("being handled")
except ValueError:
    try:
        next(g)
    except KeyError as error:
        print(repr(error.__context__))
