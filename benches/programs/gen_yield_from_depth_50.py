"""Items that pass through 50 delegating generators."""
def nest(depth, n):
    if depth == 0:
        for i in range(n):
            yield i
    else:
        yield from nest(depth - 1, n)

total = 0
for x in nest(50, 600_000):
    total += x
print(total)
