def gen():
    yield 1
    raise StopIteration("inside")

g = gen()
print(next(g))
try:
    next(g)
except RuntimeError as error:
    print(error)
    print(repr(error.__cause__), repr(error.__context__))
    print(error.__suppress_context__)
