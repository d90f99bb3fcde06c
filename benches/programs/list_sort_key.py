"""Sorting with a key function."""
data = [(i * 7919) % 1_000_003 for i in range(400_000)]
checksum = 0
for shift in range(6):
    checksum += sorted(data, key=lambda x: x % 1000 + shift)[1234]
    checksum += sorted(data)[99]
print(checksum)
