"""One level of yield from."""
def leaf(n):
    for i in range(n):
        yield i

def outer(n):
    yield from leaf(n)

total = 0
for x in outer(7_000_000):
    total += x
print(total)
