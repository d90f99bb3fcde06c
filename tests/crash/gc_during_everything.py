# allows: OK
import gc
class Node:
    def __init__(self):
        self.me = self
        self.items = [self, {"k": self}, (self,)]
    def __eq__(self, other):
        gc.collect()
        return False
    def __hash__(self):
        gc.collect()
        return 1
def gen():
    n = Node()
    yield n
    gc.collect()
    yield n
for _ in range(20):
    Node() in [Node(), Node()]
    {Node(), Node()}
    g = gen()
    next(g)
    next(g)
    del g
print(gc.collect() >= 0)
