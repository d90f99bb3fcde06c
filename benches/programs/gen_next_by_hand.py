"""next() called on a generator, one item at a time."""
def numbers():
    i = 0
    while True:
        yield i
        i += 1

g = numbers()
total = 0
for _ in range(6_000_000):
    total += next(g)
print(total)
