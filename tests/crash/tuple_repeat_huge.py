# allows: MemoryError
(1,) * 10 ** 13
