# allows: MemoryError OverflowError
10 ** (2 ** 62)
