# allows: OK
def iterators():
    a = [1, 2, 3]
    return iter(a), reversed(a), iter({1: 2}.items()), iter({5}), zip(a, a), enumerate(a), map(str, a)
import gc
its = iterators()
gc.collect()
print([list(i) for i in its])
