import asyncio


async def fetch(name):
    asyncio.sleep(1)
    await asyncio.sleep(0)
    return name


class Client:
    async def connect(self):
        return self

    async def start(self):
        self.connect()
        await self.connect()


def plain():
    fetch("b")


async def main():
    fetch("a")
    task = fetch("b")
    await task
    asyncio.create_task(fetch("c"))
    try:
        fetch()
    except TypeError:
        pass


asyncio.run(main())
