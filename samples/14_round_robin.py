# Two dozen lines make a scheduler: a queue of generators. Each runs to its
# next yield and goes to the end of the queue. Nothing runs in parallel, and
# still all of them make progress.

from collections import deque


def task(name, steps):
    for step in range(1, steps + 1):
        print(f"{name}: step {step} of {steps}")
        yield


def run(*tasks):
    ready = deque(tasks)
    while ready:
        current = ready.popleft()
        try:
            next(current)
        except StopIteration:
            print("-- one task is done,", len(ready), "left")
        else:
            ready.append(current)


run(task("boil water", 3), task("chop onions", 1), task("set table", 2))
