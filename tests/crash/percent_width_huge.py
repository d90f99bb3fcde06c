# allows: OverflowError MemoryError ValueError
"%999999999999d" % 1
