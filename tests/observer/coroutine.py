class Pause:
    def __await__(self):
        return (yield "pause")


async def inner():
    return await Pause()


async def outer():
    try:
        return await inner()
    finally:
        done = True


c = outer()
c.send(None)
try:
    c.send("go on")
except StopIteration as stop:
    result = stop.value
