async def agen():
    yield 1

async def main():
    a = agen()
    print(await anext(a, "d"))
    print(await anext(a, "d"))
    try:
        await anext(a)
    except StopAsyncIteration:
        print("StopAsyncIteration")

try:
    main().send(None)
except StopIteration:
    pass
