# allows: RecursionError MemoryError
a = {}
for _ in range(100_000):
    a = {1: a}
print(a)
