def gen():
    yield 1
    raise StopIteration(7)

for value in gen():
    print(value)
