async def agen():
    try:
        yield 1
        yield 2
    finally:
        print("finally")

async def main():
    a = agen()
    print(await a.__anext__())
    print(await a.aclose())
    print(await a.aclose())
    print([x async for x in a])
    fresh = agen()
    print(await fresh.aclose())

try:
    main().send(None)
except StopIteration:
    pass
