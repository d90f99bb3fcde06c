x = "global"
def f():
    x = "enclosing"
    class C:
        print(x)
        x = "class"
        print(x)
        del x
        print(x)
        inside = [x for _ in range(1)]
    return C.inside
print(f())

class D:
    y = 1
    def get(self):
        return y
try:
    D().get()
except NameError as error:
    print(error)
