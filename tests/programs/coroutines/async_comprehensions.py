class Range:
    def __init__(self, n):
        self.it = iter(range(n))
    def __aiter__(self):
        return self
    async def __anext__(self):
        for x in self.it:
            return x
        raise StopAsyncIteration

async def double(x):
    return x * 2

async def main():
    print([x async for x in Range(4)])
    print({x % 2 async for x in Range(4)})
    print({x: await double(x) async for x in Range(3)})
    print([await double(x) for x in range(3)])
    print([x async for x in Range(6) if x % 2 if await double(x) > 2])
    print([(a, b) async for a in Range(2) for b in "xy"])
    print([(a, b) for a in "xy" async for b in Range(2)])

try:
    main().send(None)
except StopIteration:
    print("end")
