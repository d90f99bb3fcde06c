class Plain:
    def __iter__(self):
        return self
    def __next__(self):
        return 1

def gen():
    try:
        yield from Plain()
    except ValueError as error:
        print("raised at yield from:", error)
        yield "recovered"

g = gen()
next(g)
print(g.throw(ValueError("v")))
