def merge(a, b):
    a, b = iter(a), iter(b)
    missing = object()
    x, y = next(a, missing), next(b, missing)
    while x is not missing and y is not missing:
        if x <= y:
            yield x
            x = next(a, missing)
        else:
            yield y
            y = next(b, missing)
    if x is not missing: yield x
    if y is not missing: yield y
    yield from a
    yield from b
def sort(items):
    if len(items) < 2: return iter(items)
    middle = len(items) // 2
    return merge(sort(items[:middle]), sort(items[middle:]))
data = [(i * 37 + 11) % 101 for i in range(60)]
print(list(sort(data)) == sorted(data), list(sort([3, 1, 2])), list(sort("coil")))
