# allows: OverflowError MemoryError
"abcdefgh" * (2 ** 62)
