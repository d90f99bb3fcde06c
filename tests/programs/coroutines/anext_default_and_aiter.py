class Once:
    def __init__(self): self.used = False
    def __aiter__(self): return self
    async def __anext__(self):
        if self.used:
            raise StopAsyncIteration
        self.used = True
        return "item"

async def main():
    it = aiter(Once())
    print(await anext(it))
    print(await anext(it, "default"))
    try:
        await anext(it)
    except StopAsyncIteration as stop:
        print("StopAsyncIteration", stop.args)
    for bad in lambda: aiter([1]), lambda: anext([1]), lambda: anext(5, 1):
        try:
            bad()
        except TypeError as error:
            print(error)

try:
    main().send(None)
except StopIteration:
    pass
