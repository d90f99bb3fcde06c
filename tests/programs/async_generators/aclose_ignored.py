async def agen():
    try:
        yield 1
    except GeneratorExit:
        yield 2

async def main():
    a = agen()
    await anext(a)
    try:
        await a.aclose()
    except RuntimeError as error:
        print(error)

try:
    main().send(None)
except StopIteration:
    pass
