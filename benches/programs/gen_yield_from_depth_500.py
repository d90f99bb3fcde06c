"""Items that pass through 500 delegating generators."""
def nest(depth, n):
    if depth == 0:
        for i in range(n):
            yield i
    else:
        yield from nest(depth - 1, n)

total = 0
for x in nest(500, 60_000):
    total += x
print(total)
