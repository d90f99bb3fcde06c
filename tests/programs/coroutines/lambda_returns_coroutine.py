async def f(x):
    return x + 1

call = lambda x: f(x)

async def main():
    print(await call(1))
    print([await c for c in map(f, range(3))])
    print(await (await nested())())

async def nested():
    async def inside():
        return "inside"
    return inside

try:
    main().send(None)
except StopIteration:
    pass
