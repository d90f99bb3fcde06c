class Resource:
    async def __aenter__(self):
        print("open")
    async def __aexit__(self, *exc):
        print("close", exc[0] and exc[0].__name__)

async def agen():
    async with Resource():
        yield 1
        yield 2

async def main():
    async for x in agen():
        print(x)
    a = agen()
    await anext(a)
    await a.aclose()

try:
    main().send(None)
except StopIteration:
    pass
