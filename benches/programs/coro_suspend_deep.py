"""Suspensions that reach the driver through 20 awaits."""
class Pause:
    def __await__(self):
        return (yield)

async def nest(depth, n):
    if depth:
        return await nest(depth - 1, n)
    pause = Pause()
    total = 0
    for _ in range(n):
        total += await pause
    return total

c = nest(20, 1_200_000)
value = None
try:
    while True:
        c.send(value)
        value = 3
except StopIteration as stop:
    print(stop.value)
