"""A for loop over a generator."""
def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1

total = 0
for x in numbers(9_000_000):
    total += x
print(total)
