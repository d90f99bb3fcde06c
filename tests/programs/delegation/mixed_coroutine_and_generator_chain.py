import types
@types.coroutine
def bottom(label):
    got = yield label
    return got * 2
async def native(label):
    return await bottom(label) + 1
@types.coroutine
def bridge():
    a = yield from native("one")
    b = yield from bottom("two").__iter__()
    return a, b
class Wrapper:
    def __await__(self):
        return (yield from bridge())
async def top():
    return await Wrapper(), [await native(f"three {n}") for n in range(2)]
c, value = top(), None
while True:
    try:
        label = c.send(value)
    except StopIteration as stop:
        print(stop.value)
        break
    print("paused at", label)
    value = len(label)
