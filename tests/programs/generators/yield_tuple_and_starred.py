def gen():
    yield 1, 2
    yield *[3, 4], 5
    x = yield 6, 7
    print("x is", x)
    yield ()

print(list(gen()))
