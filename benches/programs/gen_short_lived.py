"""Many generators that give two items each."""
def pair(x):
    yield x
    yield x + 1

total = 0
for i in range(2_500_000):
    for x in pair(i):
        total += x
print(total)
