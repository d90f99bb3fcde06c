async def inner():
    yield 1
    yield 2

async def outer():
    async for x in inner():
        yield x * 10
    yield "end"

async def main():
    print([x async for x in outer()])

try:
    main().send(None)
except StopIteration:
    pass
