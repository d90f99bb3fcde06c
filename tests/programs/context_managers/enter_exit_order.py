class M:
    def __init__(self, name): self.name = name
    def __enter__(self): print("enter", self.name); return self.name.upper()
    def __exit__(self, kind, value, tb): print("exit", self.name, kind and kind.__name__, value, tb is not None)
with M("a") as a, M("b") as b:
    print("body", a, b)
with M("c"):
    with M("d") as d:
        print(d)
try:
    with M("e"):
        raise ValueError("oops")
except ValueError as error:
    print("caught", error)
