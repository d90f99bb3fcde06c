# Each item adds a level to the chain.
def grow(n):
    yield n
    if n < 30:
        yield from grow(n + 1)
    yield -n
items = list(grow(0))
print(len(items), items[:4], items[29:34], items[-3:])
