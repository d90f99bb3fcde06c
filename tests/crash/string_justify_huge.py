# allows: MemoryError OverflowError
"a".ljust(10 ** 13)
