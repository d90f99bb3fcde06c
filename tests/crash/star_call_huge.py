# allows: OK MemoryError TypeError RecursionError
def f(*args):
    return len(args)
print(f(*range(1_000_000)))
