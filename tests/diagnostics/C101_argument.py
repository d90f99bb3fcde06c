import asyncio
async def price(name):
    return 3
async def main():
    if price('pear') == 3:
        print('cheap')
    print('bought')
asyncio.run(main())
