class Fancy:
    def __iter__(self):
        return self
    def __next__(self):
        print("__next__")
        return "n"
    def send(self, value):
        print("send", value)
        return "s"
    def throw(self, *args):
        print("throw", [a if isinstance(a, type) else repr(a) for a in args])
        return "t"
    def close(self):
        print("close")

def gen():
    yield from Fancy()

g = gen()
print(next(g))
print(g.send(1))
print(g.send(None))
print(g.throw(ValueError("v")))
print(g.throw(ValueError))
g.close()
