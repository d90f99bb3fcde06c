# allows: OK MemoryError
print(len(sum(([x] for x in range(5_000)), [])))
