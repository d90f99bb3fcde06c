class Noisy:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
a = Noisy("a")
a = Noisy("second a")
print("rebound")
del a
items = [Noisy("x"), Noisy("y"), Noisy("z")]
items.pop(1)
print("popped")
items.clear()
print("cleared")
def f():
    p = Noisy("local p")
    q = Noisy("local q")
    print("leaving")
f()
Noisy("temporary")
d = {"k": Noisy("value")}
d["k"] = 1
print("replaced")
(Noisy("t1"), Noisy("t2"))
print("tuple gone")
