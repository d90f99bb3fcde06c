# allows: MemoryError
"a" * 10 ** 12
