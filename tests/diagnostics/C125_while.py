import asyncio
async def ready():
    return False
async def main():
    while not ready():
        pass
    print('started')
asyncio.run(main())
