# allows: OK RecursionError MemoryError
g = iter([1])
for _ in range(100_000):
    g = (x for x in g)
print(list(g))
