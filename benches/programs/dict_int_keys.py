"""Integer keys: insertion, look-up, deletion."""
total = 0
for _ in range(5):
    d = {}
    for i in range(500_000):
        d[i * 31 % 600_011] = i
    for i in range(0, 600_011, 2):
        if i in d:
            total += d.pop(i)
print(total)
