def show(*a): print(*a)

def self_next():
    try: next(me)
    except ValueError as e: show(e)
    try: me.send(1)
    except ValueError as e: show(e)
    try: me.throw(KeyError)
    except ValueError as e: show(e)
    try: me.close()
    except ValueError as e: show(e)
    show(me.gi_running, me.gi_suspended, me.gi_frame is not None, me.gi_yieldfrom)
    yield 1
me = self_next(); next(me); show(me.gi_running, me.gi_suspended)
# delegate circle
def a():
    yield 1
    yield from B
def b():
    yield 2
    yield from A
A = a(); B = b()
show(next(A), next(A))
try: next(A)
except ValueError as e: show(e)
try: next(B)
except StopIteration: show('B over')
