"""A round-robin scheduler of coroutines."""
from collections import deque

class Switch:
    def __await__(self):
        yield

switch = Switch()

async def worker(n):
    total = 0
    for i in range(n):
        total += i
        await switch
    return total

ready = deque(worker(2000) for _ in range(1000))
total = 0
while ready:
    task = ready.popleft()
    try:
        task.send(None)
    except StopIteration as stop:
        total += stop.value
    else:
        ready.append(task)
print(total)
