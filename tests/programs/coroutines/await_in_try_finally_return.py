class Pause:
    def __init__(self, name): self.name = name
    def __await__(self):
        yield self.name

async def work():
    for i in range(2):
        try:
            await Pause(f"try {i}")
            if i == 0:
                continue
            return "returned"
        finally:
            await Pause(f"finally {i}")

c = work()
while True:
    try:
        print(c.send(None))
    except StopIteration as stop:
        print(stop.value)
        break
