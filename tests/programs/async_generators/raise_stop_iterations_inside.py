async def agen(error):
    yield 1
    raise error

async def main():
    for error in StopAsyncIteration("sa"), StopIteration("s"):
        try:
            async for x in agen(error):
                print(x)
        except RuntimeError as caught:
            print(caught, repr(caught.__cause__))

try:
    main().send(None)
except StopIteration:
    pass
