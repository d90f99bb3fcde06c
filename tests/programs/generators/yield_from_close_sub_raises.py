def inner():
    try:
        yield
    finally:
        raise ValueError("inner close failed")

def outer():
    try:
        yield from inner()
    except ValueError as error:
        print("outer sees", error, "while", repr(error.__context__))
        raise

g = outer()
next(g)
try:
    g.close()
except ValueError as error:
    print("caller sees", error)
