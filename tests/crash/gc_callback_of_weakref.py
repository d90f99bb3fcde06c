# allows: OK
import gc, weakref
class Node:
    pass
def callback(ref):
    gc.collect()
    Node().me = Node()
refs = []
for _ in range(50):
    n = Node()
    n.me = n
    refs.append(weakref.ref(n, callback))
del n
gc.collect()
print(sum(r() is None for r in refs))
