# A class that inherits Generator needs only send and throw.
from collections.abc import Generator

class Echo(Generator):
    def __init__(self):
        self.count = 0
    def send(self, value):
        self.count += 1
        if self.count > 3:
            raise StopIteration("tired")
        return f"{self.count}:{value}"
    def throw(self, kind, value=None, tb=None):
        raise kind

e = Echo()
print(next(e), e.send("x"), list(e))
e = Echo()
e.close()

def outer():
    return (yield from Echo())

g = outer()
print(next(g), g.send("through"))
