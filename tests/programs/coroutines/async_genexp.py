async def twice(x):
    return 2 * x

async def main():
    agen = (await twice(x) for x in range(3))
    print(type(agen).__name__)
    out = []
    async for x in agen:
        out.append(x)
    print(out)
    try:
        list(await twice(x) for x in range(3))
    except TypeError as error:
        print(error)

try:
    main().send(None)
except StopIteration:
    print("end")
