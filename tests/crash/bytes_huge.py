# allows: MemoryError OverflowError
bytes(10 ** 13)
