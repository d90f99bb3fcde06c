# allows: MemoryError OverflowError
[1, 2, 3] * 2 ** 63
