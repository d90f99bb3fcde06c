# next(g), g.__next__() and g.send(None) are the same thing.
def count():
    n = 0
    while True:
        got = yield n
        print("got", got)
        n += 1

g = count()
print(next(g))
print(g.__next__())
print(g.send(None))
print(g.send("hello"))
