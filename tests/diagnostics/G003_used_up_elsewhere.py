def g():
    yield 1
it = g()
for x in it: print(x)
def use(gen):
    return next(gen)
use(it)
