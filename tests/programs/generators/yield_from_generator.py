def inner():
    got = yield 1
    print("inner got", got)
    got = yield 2
    print("inner got", got)
    return "inner result"

def outer():
    print("start")
    result = yield from inner()
    print("result:", result)
    yield 3

g = outer()
print(next(g))
print(g.send("a"))
print(g.send("b"))
print(next(g, "end"))
