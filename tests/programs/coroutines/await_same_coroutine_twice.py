class Pause:
    def __await__(self):
        yield

async def inner():
    await Pause()

async def outer(c):
    await c

c = inner()
a, b = outer(c), outer(c)
a.send(None)
try:
    b.send(None)
except RuntimeError as error:
    print(error)
a.close()
b.close()
