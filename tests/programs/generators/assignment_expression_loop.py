def source():
    yield from [3, 5, 0, 7]

g = source()
while item := next(g):
    print(item)
print("stopped by zero; left:", list(g))
