# __await__ may return any iterator.
class Steps:
    def __await__(self):
        return iter(["one", "two"])

async def main():
    return await Steps()

c = main()
print(c.send(None), c.send(None))
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)
