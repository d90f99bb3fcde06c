# allows: OK RecursionError MemoryError
m = [1, 2]
for _ in range(100_000):
    m = map(abs, m)
print(list(m))
