def gen():
    try:
        yield
    except GeneratorExit:
        raise ValueError("from close")

g = gen()
next(g)
try:
    g.close()
except ValueError as error:
    print(error, repr(error.__context__))
print(list(g))
