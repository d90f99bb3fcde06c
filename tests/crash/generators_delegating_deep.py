# allows: OK RecursionError MemoryError
def nest(n):
    if n == 0:
        yield 1
    else:
        yield from nest(n - 1)
print(list(nest(100_000)))
