# GeneratorExit thrown into a delegating generator closes the sub-generator.
def inner():
    try:
        yield 1
    except GeneratorExit:
        print("inner closed")
        raise

def outer():
    try:
        yield from inner()
    except GeneratorExit:
        print("outer sees it too")
        yield "outer goes on"

g = outer()
next(g)
print(g.throw(GeneratorExit))
