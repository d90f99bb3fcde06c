"""async for over an asynchronous generator."""
async def numbers(n):
    for i in range(n):
        yield i

async def main():
    total = 0
    async for x in numbers(6_000_000):
        total += x
    return total

try:
    main().send(None)
except StopIteration as stop:
    print(stop.value)
