def gen():
    n = 0
    while n < 3:
        stop = yield n
        if stop:
            break
        n += 1
    else:
        yield "else branch"
    yield "last"

print(list(gen()))
g = gen()
next(g)
print(g.send(True), next(g, "end"))
