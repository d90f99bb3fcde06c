class Pause:
    def __await__(self):
        yield

async def agen():
    await Pause()
    yield 1

a = agen()
first = a.asend(None)
first.send(None)
for second in a.asend(None), a.athrow(ValueError), a.aclose():
    try:
        second.send(None)
    except RuntimeError as error:
        print(error)
try:
    first.send(None)
except StopIteration as stop:
    print(stop.value)
