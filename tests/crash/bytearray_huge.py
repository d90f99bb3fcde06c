# allows: MemoryError OverflowError
bytearray(10 ** 13)
