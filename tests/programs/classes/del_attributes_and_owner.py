class Noisy:
    def __init__(self, name, *held): self.name, self.held = name, held
    def __del__(self): print("del", self.name)
outer = Noisy("outer", Noisy("inner 1"), Noisy("inner 2"))
del outer
print("-")
o = Noisy("object")
o.attr = Noisy("attribute")
del o.attr
print("-")
del o
