import asyncio
async def price():
    return 3.5
async def main():
    print(f'{price():.2f} euros')
asyncio.run(main())
