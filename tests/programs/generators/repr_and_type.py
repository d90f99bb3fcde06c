class Box:
    def items(self):
        yield 1

def outer():
    def inner():
        yield
    return inner()

print(repr(Box().items()).split(" at ")[0])
print(repr(outer()).split(" at ")[0])
print(repr(x for x in ()).split(" at ")[0])
g = outer()
print(type(g))
try:
    type(g)()
except TypeError as error:
    print(error)
