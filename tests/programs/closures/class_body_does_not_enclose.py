x = "global"
def f():
    x = "function"
    class C:
        y = x
        x = "class"
        z = x
        def m(self):
            return x
    return C.y, C.z, C().m()

try:
    print(f())
except NameError as error:
    print(error)

def g():
    x = "function"
    class C:
        y = x
        def m(self):
            return x
    return C.y, C().m()
print(g())
