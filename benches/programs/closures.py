"""Closures called in a loop."""
def make(step):
    total = 0
    def add(x):
        nonlocal total
        total += x * step
        return total
    return add

add = make(3)
for i in range(6_000_000):
    add(i)
print(add(0))
