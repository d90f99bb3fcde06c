import asyncio
class Store:
    def load(self, key):
        return len(key)
async def main():
    store = Store()
    size = store.load('abc')
    print(await size)
asyncio.run(main())
