"""Building, indexing and comprehending lists."""
checksum = 0
for _ in range(16):
    a = []
    for i in range(400_000):
        a.append(i ^ 5)
    b = [x + 1 for x in a if x & 1]
    for i in range(0, len(b) - 1, 2):
        b[i], b[i + 1] = b[i + 1], b[i]
    checksum += b[1000] + len(b)
print(checksum)
