async def two():
    return 2

async def main():
    print(await two() ** 3, -await two(), 10 - await two() * 2)
    print((await two(), await two()), [await two()], {await two(): await two()})
    print(f"{await two()}", not await two(), await two() if True else 0)
    x = y = await two()
    x += await two()
    print(x, y)
    return await two() + await two()

try:
    main().send(None)
except StopIteration as stop:
    print(stop.value)
