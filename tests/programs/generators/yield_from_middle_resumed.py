def leaf():
    for n in range(5):
        got = yield n
        if got:
            print("leaf got", got)

def middle():
    yield from leaf()
    print("middle over")

def root(mid):
    yield from mid
    print("root over")

mid = middle()
g = root(mid)
print(next(g), next(mid), mid.send("direct"), next(g), next(mid))
print(next(mid, "mid ended"))
print(next(g, "root ended"))
