import asyncio
async def name():
    return 'Ann'
async def main():
    who = name()
    print('Hello ' + who)
asyncio.run(main())
