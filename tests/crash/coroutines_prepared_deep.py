# allows: OK RecursionError MemoryError
async def outer(c):
    return await c
async def leaf():
    return 1
c = leaf()
for _ in range(100_000):
    c = outer(c)
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)
