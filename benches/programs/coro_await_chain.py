"""A chain of awaits that never suspends."""
async def leaf(x):
    return x + 1

async def middle(x):
    return await leaf(x)

async def top(n):
    total = 0
    for i in range(n):
        total += await middle(i)
    return total

try:
    top(2_500_000).send(None)
except StopIteration as stop:
    print(stop.value)
