# allows: MemoryError OverflowError
1 << 2 ** 80
