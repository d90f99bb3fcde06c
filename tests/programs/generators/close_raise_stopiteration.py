def gen():
    try:
        yield
    except GeneratorExit:
        raise StopIteration

g = gen()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error, repr(error.__cause__))
