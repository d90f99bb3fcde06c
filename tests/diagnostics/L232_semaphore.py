import asyncio
class Pool:
    def __init__(self):
        self.free = asyncio.BoundedSemaphore(1)
    async def give_back(self):
        self.free.release()
async def main():
    await Pool().give_back()
asyncio.run(main())
