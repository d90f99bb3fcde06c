def gen():
    try:
        yield
    except GeneratorExit as error:
        print("GeneratorExit", error.args, isinstance(error, Exception))
        raise

g = gen()
next(g)
print(g.close())
