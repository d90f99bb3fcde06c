class C:
    a = 1
    def __init__(self): self.b = 2
def f(x):
    y = x
    return locals(), sorted(vars())
print(f(1), vars(C()), C().__dict__, "a" in vars(C), sorted(k for k in vars(C) if not k.startswith("__")))
print("C" in globals(), globals()["__name__"], sorted(k for k in dir(C()) if not k.startswith("__")), __name__)
def names():
    b = a = 1
    return dir()
print(names(), "print" in dir(__builtins__), "upper" in dir(""), dir([]) == sorted(dir([])))
for bad in 5, [], object():
    try:
        vars(bad)
    except TypeError as error:
        print(error)
