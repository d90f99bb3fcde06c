def leaf():
    while True:
        try:
            yield "leaf waits"
        except ValueError:
            print("leaf caught")
def middle():
    try:
        yield from leaf()
    except KeyError:
        print("middle caught")
        yield "middle waits"
def root(m):
    yield from m
    yield "root waits"
m = middle()
r = root(m)
print(next(r))
print(m.throw(ValueError))
print(r.throw(ValueError))
print(m.throw(KeyError))
print(next(r))
