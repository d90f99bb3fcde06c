def leaf():
    total = 0
    for _ in range(4):
        total += (yield total) or 0
    return f"total {total}"
def root(name, l):
    result = yield from l
    print(name, "got", result)
    return name
l = leaf()
a, b = root("a", l), root("b", l)
print(next(a), next(b), a.send(10), b.send(5))
for g in a, b:
    try:
        print(g.send(1))
    except StopIteration as stop:
        print("stop", stop.value)
