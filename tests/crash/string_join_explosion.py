# allows: MemoryError OverflowError
("x" * 10 ** 6).join(["y"] * 10 ** 7)
