import types

async def native():
    return "native result"

@types.coroutine
def old_style():
    result = yield from native()
    yield result
    return "end"

async def main():
    return await old_style()

c = main()
print(c.send(None))
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)
