class Pause:
    def __init__(self, label): self.label = label
    def __await__(self):
        return (yield self.label)

async def agen():
    for n in range(2):
        got = await Pause(f"pause {n}")
        yield n, got

async def main():
    async for item in agen():
        print("item", item)

c = main()
print(c.send(None))
print(c.send("a"))
try:
    c.send("b")
except StopIteration:
    print("end")
