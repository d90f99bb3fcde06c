# allows: MemoryError OverflowError
s = "x" * 1024
while True:
    s += s
