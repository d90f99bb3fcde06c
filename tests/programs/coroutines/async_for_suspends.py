class Pause:
    def __init__(self, what):
        self.what = what
    def __await__(self):
        return (yield self.what)

class Source:
    def __aiter__(self):
        return self
    async def __anext__(self):
        item = await Pause("next please")
        if item is None:
            raise StopAsyncIteration
        return item

async def main():
    async for item in Source():
        print("item", item)
    return "exhausted"

c = main()
print(c.send(None))
for value in "a", "b", None:
    try:
        print(c.send(value))
    except StopIteration as stop:
        print(stop.value)
