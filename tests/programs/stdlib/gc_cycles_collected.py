import gc, weakref
class Node:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
gc.collect()
a, b = Node("a"), Node("b")
a.other, b.other = b, a
r = weakref.ref(a)
del a, b
print("still there:", r() is not None)
print(gc.collect() > 0, r())
l = []; l.append(l); del l
print(gc.collect() > 0, gc.isenabled())
gc.disable(); print(gc.isenabled()); gc.enable()
