def inner():
    while True:
        try:
            yield "inner"
        except ValueError:
            print("inner caught")

def outer():
    try:
        yield from inner()
    except KeyError:
        yield "outer caught"

g = outer()
print(next(g))
print(g.throw(ValueError))
print(g.throw(KeyError))
print(next(g, "end"))
