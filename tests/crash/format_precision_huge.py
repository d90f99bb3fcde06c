# allows: OverflowError MemoryError ValueError
format(1.5, ".99999999999f")
