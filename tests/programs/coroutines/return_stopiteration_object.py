async def f(value):
    return value

for value in StopIteration(1), (1, 2), None:
    try:
        f(value).send(None)
    except StopIteration as stop:
        print(repr(stop.value))

async def outer():
    value = await f(StopIteration(9))
    print("outer got", repr(value))

try:
    outer().send(None)
except StopIteration:
    pass
