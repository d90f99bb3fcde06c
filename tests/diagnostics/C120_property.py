import asyncio
class A:
    @property
    async def x(self):
        return 5
async def main():
    a = A()
    print(a.x + 1)
asyncio.run(main())
