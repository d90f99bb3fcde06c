# allows: RecursionError MemoryError
a, b = [], []
for _ in range(100_000):
    a, b = [a], [b]
print(a == b)
