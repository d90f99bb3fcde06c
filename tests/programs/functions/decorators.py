def trace(f):
    print("decorating", f.__name__)
    return f

def repeat(n):
    print("repeat", n)
    def decorate(f):
        print("applying repeat to", f.__name__)
        def wrapper(*args):
            return [f(*args) for _ in range(n)]
        return wrapper
    return decorate

@trace
@repeat(2)
def hello(name):
    return "hello " + name

print(hello("x"))

class Register:
    table = []
    def __call__(self, f):
        self.table.append(f.__name__)
        return f

register = Register()
@register
def one(): pass
@(lambda f: "replaced")
def two(): pass
print(Register.table, two)
