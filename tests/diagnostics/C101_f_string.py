import asyncio
async def price(name):
    return 3
async def main():
    text = f"{price('apple')!r:.10}"
    print(text)
asyncio.run(main())
