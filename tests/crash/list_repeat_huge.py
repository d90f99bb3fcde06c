# allows: MemoryError
[None] * 10 ** 12
