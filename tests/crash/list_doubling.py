# allows: MemoryError OverflowError
a = [0] * 1024
while True:
    a += a
