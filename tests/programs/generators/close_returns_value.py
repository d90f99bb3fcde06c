# 3.13: close() gives what the generator returns after GeneratorExit.
def gen():
    try:
        yield
    except GeneratorExit:
        return "result"

g = gen()
next(g)
print(g.close())
print(g.close())
