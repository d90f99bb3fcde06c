def g(it):
    while True:
        yield next(it)
print(list(g(iter([1, 2]))))
