# throw(GeneratorExit) is not close(): the exception comes out.
def gen():
    yield 1

g = gen()
next(g)
try:
    g.throw(GeneratorExit)
except GeneratorExit as error:
    print("came out", repr(error))

def swallow():
    try:
        yield 1
    except GeneratorExit:
        yield "went on"

g = swallow()
next(g)
print(g.throw(GeneratorExit()))
