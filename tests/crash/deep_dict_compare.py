# allows: RecursionError MemoryError
a, b = {}, {}
for _ in range(100_000):
    a, b = {1: a}, {1: b}
print(a == b)
