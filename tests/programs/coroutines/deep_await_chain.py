class Pause:
    def __await__(self):
        return (yield "bottom")

async def nest(n):
    if n == 0:
        return await Pause()
    return 1 + await nest(n - 1)

c = nest(200)
print(c.send(None))
try:
    c.send(1000)
except StopIteration as stop:
    print(stop.value)
