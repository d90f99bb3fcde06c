import asyncio
class Shop:
    async def open(self, day):
        print('open', day)
async def main():
    shop = Shop()
    opening = shop.open('Monday')
    opening = None
    print('done')
asyncio.run(main())
