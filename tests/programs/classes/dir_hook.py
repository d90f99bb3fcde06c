class C:
    def __dir__(self):
        return ["zebra", "apple", "mango"]
class D:
    a = 1
    def __init__(self): self.z = 1
    def m(self): pass
class E(D): b = 2
print(dir(C()))
print([n for n in dir(E()) if not n.startswith("__")], [n for n in dir(E) if not n.startswith("__")])
print("__init__" in dir(D), "__class__" in dir(5), "append" in dir([]))
