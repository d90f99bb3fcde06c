def root():
    yield from (x * x for x in range(3))
    yield from map(str, (z for z in range(2)))
    result = yield from iter([9])
    yield result
print(list(root()))
