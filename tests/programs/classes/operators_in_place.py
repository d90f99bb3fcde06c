class Acc:
    def __init__(self): self.log = []
    def __iadd__(self, o): self.log.append(("iadd", o)); return self
    def __isub__(self, o): return NotImplemented
    def __sub__(self, o): return ("sub", o)
    def __mul__(self, o): return ("mul", o)
    def __ior__(self, o): return "replaced"
a = b = Acc()
a += 1; a += 2
print(a.log, a is b)
a -= 3
print(a)
a = b; a *= 2
print(a)
a = b; a |= 1
print(a)
a = b
try:
    a /= 2
except TypeError as error:
    print(error)
for op in "+=", "-=", "**=", "//=", "%=", "@=", "<<=", "&=":
    x = object
    try:
        exec(f"x = None\nx {op} 1")
    except TypeError as error:
        print(error)
