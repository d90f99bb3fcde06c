def g():
    yield 1
def f(gen):
    try:
        gen.throw(KeyError('k'))
    finally:
        print('f done')
def g2():
    try:
        yield 1
    except KeyError:
        yield 2
f(g2())
