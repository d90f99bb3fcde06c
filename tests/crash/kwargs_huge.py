# allows: OK MemoryError
def f(**kw):
    return len(kw)
print(f(**{f"k{i}": i for i in range(200_000)}))
