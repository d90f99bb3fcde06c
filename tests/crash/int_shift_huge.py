# allows: MemoryError OverflowError
1 << 10 ** 15
