# `async def` with `yield`: an asynchronous generator. It may await between
# its values, and `async for` reads it. Underneath, each item is an awaitable.

class Pause:
    def __await__(self):
        yield "pausing"


async def slow_countdown(n):
    while n:
        await Pause()
        yield n
        n -= 1


async def main():
    async for n in slow_countdown(2):
        print("item", n)
    squares = [n * n async for n in slow_countdown(3)]
    return squares


coroutine = main()
while True:
    try:
        print("driver sees:", coroutine.send(None))
    except StopIteration as stop:
        print("result:", stop.value)
        break

print("one item by hand:")
item = slow_countdown(7).__anext__()
print(item.send(None))
try:
    item.send(None)
except StopIteration as stop:
    print("value:", stop.value)
