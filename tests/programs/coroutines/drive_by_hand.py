# A coroutine is run by send(None); its result is in StopIteration.
async def compute(x, y):
    print("computing")
    return x + y

c = compute(1, 2)
print(type(c).__name__)
try:
    c.send(None)
except StopIteration as stop:
    print("result", stop.value)
