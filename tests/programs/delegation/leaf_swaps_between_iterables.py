def root():
    yield from [1, 2]
    yield from (x for x in "ab")
    yield from {"k": 1}
    got = yield from inner()
    print("inner returned", got)
    yield from ()
    yield from inner()
def inner():
    yield "inner"
    return 7
r = root()
print(list(r))
