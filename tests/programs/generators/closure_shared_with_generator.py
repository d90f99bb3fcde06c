def make():
    n = 0
    def gen():
        nonlocal n
        while True:
            n += 1
            yield n
    def peek():
        return n
    return gen(), peek

g, peek = make()
next(g); next(g)
print(peek(), next(g), peek())
