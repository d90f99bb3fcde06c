async def agen(flag):
    yield 1
    if flag:
        return
    yield 2

async def main():
    print([x async for x in agen(True)], [x async for x in agen(False)])

try:
    main().send(None)
except StopIteration:
    pass
