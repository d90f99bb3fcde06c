# The same idea with coroutines: `await pause()` gives the others a turn, and
# `await join(task)` waits for a result. This is a tiny asyncio.

from collections import deque
import types


@types.coroutine
def pause():
    yield                           # up to run(), which resumes us later


class Task:
    def __init__(self, coroutine):
        self.coroutine = coroutine
        self.done = False
        self.result = None

    def step(self):
        try:
            self.coroutine.send(None)
        except StopIteration as stop:
            self.done, self.result = True, stop.value


ready = deque()


def spawn(coroutine):
    task = Task(coroutine)
    ready.append(task)
    return task


def run(coroutine):
    main = spawn(coroutine)
    while ready:
        task = ready.popleft()
        task.step()
        if not task.done:
            ready.append(task)
    return main.result


async def join(task):
    while not task.done:
        await pause()
    return task.result


async def cook(dish, minutes):
    for minute in range(minutes):
        print(f"{dish}: minute {minute + 1}")
        await pause()
    return dish.upper()


async def dinner():
    soup = spawn(cook("soup", 3))
    rice = spawn(cook("rice", 2))
    return [await join(soup), await join(rice)]


print("served:", run(dinner()))
