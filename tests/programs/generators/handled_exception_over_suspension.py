import sys

def show(*a): print(*a)

def g():
    show('g0', repr(sys.exception()))
    try:
        raise KeyError('in g')
    except KeyError:
        show('g1', repr(sys.exception()))
        x = yield 1
        show('g2', repr(sys.exception()))
        try:
            raise OSError('nested')
        except OSError:
            yield 2
            show('g3', repr(sys.exception()), repr(sys.exception().__context__))
        show('g4', repr(sys.exception()))
        yield 3
    show('g5', repr(sys.exception()))
    yield 4
it = g()
try:
    raise ValueError('outer')
except ValueError:
    next(it); show('o', repr(sys.exception()))
show('o', repr(sys.exception()))
next(it); show('o', repr(sys.exception()))
try: raise TypeError('t')
except TypeError:
    next(it); show('o', repr(sys.exception()))
    next(it); show('o', repr(sys.exception()))
show('o', repr(sys.exception()))
# generator finishing inside except via return, in for
def h():
    try: raise KeyError
    except KeyError:
        yield 1
        return 5
for x in h(): show(repr(sys.exception()))
show(repr(sys.exception()))
def k():
    try: raise KeyError('kk')
    except KeyError:
        r = yield from h()
        show('r', r, repr(sys.exception()))
        raise
try:
    for x in k(): show('in for', repr(sys.exception()))
except KeyError as e: show(repr(e), repr(e.__context__))
show(repr(sys.exception()))
# close while in except: handled restored
def c():
    try: raise KeyError('c')
    except KeyError:
        try: yield
        finally: show('fin', repr(sys.exception()), repr(sys.exception().__context__))
try: raise ValueError('closer')
except ValueError:
    q = c(); next(q); q.close(); show(repr(sys.exception()))
    q = c(); next(q)
    try: q.throw(IndexError('thrown'))
    except IndexError as e: show(repr(e.__context__), repr(e.__context__.__context__))
    show(repr(sys.exception()))
