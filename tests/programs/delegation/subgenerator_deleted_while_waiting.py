# The delegator owns its sub-generator: dropping other references changes nothing.
import gc, weakref
def leaf():
    try:
        yield 1
        yield 2
    finally:
        print("leaf done")
def root():
    l = leaf()
    ref.append(weakref.ref(l))
    sub = l
    del l
    yield from sub
ref = []
g = root()
print(next(g), ref[0]() is not None)
gc.collect()
print(next(g), next(g, "end"), ref[0]() is None)
