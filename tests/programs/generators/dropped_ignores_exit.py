def gen():
    try:
        yield
    except GeneratorExit:
        yield "no"

g = gen()
next(g)
del g
print("execution goes on")
