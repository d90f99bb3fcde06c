def leaf():
    yield from range(5)
def middle():
    yield from leaf()
def root(m):
    try:
        yield from m
    finally:
        print("root closed")
m = middle()
r = root(m)
print(next(r), next(r))
del r
print("m is closed with it:", list(m))
