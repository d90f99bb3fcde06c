async def add(a, b):
    return a + b

async def twice(x):
    return await add(x, x)

async def main():
    return [await twice(n) for n in range(4)]

try:
    main().send(None)
except StopIteration as stop:
    print(stop.value)
