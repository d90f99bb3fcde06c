class Pause:
    def __init__(self, label): self.label = label
    def __await__(self):
        yield self.label

async def agen():
    try:
        yield 1
    finally:
        await Pause("cleanup pauses")
        print("cleanup done")

async def main():
    a = agen()
    await anext(a)
    await a.aclose()
    return "closed"

c = main()
print(c.send(None))
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)
