# allows: OverflowError MemoryError ValueError
format(1, "999999999999999")
