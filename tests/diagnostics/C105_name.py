import asyncio
async def f(n):
    return n
async def main():
    tasks = [asyncio.create_task(f(n)) for n in range(3)]
    print(await tasks)
asyncio.run(main())
