import warnings

def gen():
    try:
        yield
    except ValueError:
        yield "handled"

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    g = gen()
    next(g)
    print(g.throw(ValueError, "x"))
for w in caught:
    print(w.category.__name__, w.message)
