def leaf():
    yield 1
    return "leaf result"
def middle(l):
    print("middle got", (yield from l))
    return "middle result"
def root(m):
    print("root got", (yield from m))
    yield "root goes on"
l = leaf()
m = middle(l)
r = root(m)
next(r)
print(next(l, "leaf is over"))
print(next(r))
