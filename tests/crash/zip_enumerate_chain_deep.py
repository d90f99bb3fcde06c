# allows: OK RecursionError MemoryError
z = iter([1])
for n in range(50_000):
    z = zip(z)
next(z)
