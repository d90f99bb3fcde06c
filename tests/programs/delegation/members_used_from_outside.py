def show(*a): print(*a)

def leaf():
    for i in range(5):
        try: got = yield i; show('leaf got', got)
        except ValueError as e: show('leaf caught', e)
    return 'leafret'
def mid(l): r = yield from l; show('mid r', r); return 'midret'
def root(m): r = yield from m; show('root r', r)
L = leaf(); M = mid(L); R = root(M)
show(next(R)); show(M.send('x')); show(R.send('y')); show(next(L)); show(R.send('z'))
show(L.gi_yieldfrom, M.gi_yieldfrom is L, R.gi_yieldfrom is M)
try: next(L)
except StopIteration as e: show('L', e.value)
try: R.send('w')
except StopIteration as e: show('R', e.value)
except TypeError as e: show('TE', e)
L = leaf(); M = mid(L); R = root(M); next(R)
show(M.throw(ValueError('via M')))
M.close(); show(L.gi_frame, M.gi_frame)
try: next(R)
except StopIteration as e: show('R', e.value)
L = leaf(); M = mid(L); R = root(M); next(R); L.close()
try: R.send(None)
except StopIteration as e: show('R', e.value)
# two delegators
L = leaf(); X = mid(L); Y = mid(L)
show(next(X), next(Y), next(X), next(Y))
del L
X.close(); 
try: next(Y)
except StopIteration as e: show(e.value)
