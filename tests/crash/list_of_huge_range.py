# allows: MemoryError OverflowError
list(range(10 ** 13))
