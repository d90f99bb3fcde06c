def leaf():
    received = []
    for i in range(6):
        received.append((yield i))
    return received
def middle():
    result = yield from leaf()
    print("middle finished with", result)
    return "from middle"
def root(m):
    print("root got", (yield from m))
m = middle()
r = root(m)
print(next(r), m.send("direct"), r.send("via root"), next(m), r.send("again"), m.send("last"))
try:
    r.send("ends all")
except StopIteration:
    print("over")
