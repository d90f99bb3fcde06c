import asyncio
class Store:
    async def load(self):
        return 1
async def main():
    store = Store()
    print(await store.load)
asyncio.run(main())
