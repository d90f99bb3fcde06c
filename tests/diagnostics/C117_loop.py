import asyncio
async def download():
    for part in range(3):
        yield part
async def main():
    parts = download()
    await parts
asyncio.run(main())
