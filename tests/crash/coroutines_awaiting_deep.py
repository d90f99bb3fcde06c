# allows: OK RecursionError MemoryError
async def nest(n):
    return 0 if n == 0 else await nest(n - 1)
try:
    nest(100_000).send(None)
except StopIteration as stop:
    print(stop.value)
