def inner():
    try:
        yield 1
    except GeneratorExit:
        yield 2

def outer():
    try:
        yield from inner()
    finally:
        print("outer finally")

g = outer()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)
