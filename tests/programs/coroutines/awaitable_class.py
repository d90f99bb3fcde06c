class Pause:
    def __init__(self, label):
        self.label = label
    def __await__(self):
        got = yield self.label
        return got.upper()

async def main():
    print("start")
    a = await Pause("first")
    b = await Pause("second")
    return a + b

c = main()
print(c.send(None))
print(c.send("x"))
try:
    c.send("y")
except StopIteration as stop:
    print("result", stop.value)
