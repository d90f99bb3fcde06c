import asyncio
async def value():
    return 1
async def main():
    total = 0
    for _ in range(2):
        total += value()
asyncio.run(main())
