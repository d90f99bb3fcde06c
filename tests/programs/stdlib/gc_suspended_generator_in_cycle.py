import gc
class Holder: pass
def gen(h):
    try:
        yield
    finally:
        print("generator finalised by the collector")
h = Holder()
h.g = gen(h)
next(h.g)
del h
print("before")
gc.collect()
print("after")
