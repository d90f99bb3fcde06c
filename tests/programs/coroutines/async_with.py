class Door:
    async def __aenter__(self):
        print("open")
        return "handle"
    async def __aexit__(self, kind, value, tb):
        print("close", kind and kind.__name__, value)
        return kind is KeyError

async def main():
    async with Door() as handle:
        print("inside", handle)
    async with Door():
        raise KeyError("swallowed")
    try:
        async with Door():
            raise ValueError("passed on")
    except ValueError as error:
        print("caught", error)
    async with Door() as a, Door() as b:
        return "returned through both"

try:
    main().send(None)
except StopIteration as stop:
    print(stop.value)
