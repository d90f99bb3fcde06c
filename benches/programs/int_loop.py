"""An arithmetic while loop."""
def work(n):
    a = b = 0
    i = 0
    while i < n:
        a = (a + i * 3) & 0xFFFF
        if a > 30_000:
            b += 1
        i += 1
    return a, b

print(work(8_000_000))
