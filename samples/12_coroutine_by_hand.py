# Calling an `async def` function runs nothing: it gives a coroutine. Somebody
# must drive it with send(None). asyncio does that; here we do it ourselves.

async def add(a, b):
    print("adding")
    return a + b


async def calculate():
    x = await add(1, 2)             # like `yield from`, but only for awaitables
    y = await add(x, 10)
    return x * y


coroutine = calculate()
print("made a", type(coroutine).__name__)
try:
    coroutine.send(None)            # nothing inside pauses: it runs to the end
except StopIteration as stop:
    print("result:", stop.value)
