def show(e):
    c = e.__context__
    print(repr(e), 'ctx', repr(c), 'cause', repr(e.__cause__), 'sup', e.__suppress_context__)
def g1():
    try:
        yield 1
    except Exception as e:
        show(e)
    yield 2
g = g1(); next(g)
try:
    raise KeyError('outer')
except KeyError:
    g.throw(ValueError('thrown'))
def g2():
    try:
        raise OSError('in gen')
    except OSError:
        try:
            yield 1
        except Exception as e:
            show(e)
    yield 2
g = g2(); next(g)
try:
    raise KeyError('outer')
except KeyError:
    g.throw(ValueError('thrown'))
g = g2(); next(g)
g.throw(ValueError('thrown'))
# created
g = g1()
try:
    try:
        raise KeyError('outer')
    except KeyError:
        g.throw(ValueError('thrown'))
except ValueError as e:
    show(e)
# pep479
def g3():
    yield 1
    raise StopIteration(5)
g = g3(); next(g)
try:
    try: raise KeyError('k')
    except KeyError: next(g)
except RuntimeError as e:
    show(e); show(e.__cause__)
def g4():
    try:
        yield 1
    finally:
        raise TypeError('fin')
g = g4(); next(g)
try:
    g.throw(ValueError('v'))
except TypeError as e:
    show(e)
g = g4(); next(g)
try:
    g.close()
except TypeError as e:
    show(e)
