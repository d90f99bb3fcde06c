# The scheduler of sample 14 knows only "ready" and "done". This one knows time:
# what waits lies in a heap, by the moment it waits for, and when nobody is
# ready the clock goes on to the first of these moments. An event loop is that,
# with descriptors besides.

import heapq


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds

    def __await__(self):
        yield self.seconds          # up to run(), which notes when to resume


def run(*coroutines):
    now, order = 0, 0
    ready, waiting = list(coroutines), []
    while ready or waiting:
        if not ready:
            now, _, coroutine = heapq.heappop(waiting)
            ready.append(coroutine)
        coroutine = ready.pop(0)
        try:
            seconds = coroutine.send(None)
        except StopIteration as stop:
            print(f"{now:2}: finished, with {stop.value!r}")
        else:
            order += 1              # two that wait for the same moment keep their order
            heapq.heappush(waiting, (now + seconds, order, coroutine))


async def cook(dish, *minutes):
    for minute in minutes:
        print(f"    {dish} needs {minute}")
        await Sleep(minute)
    return dish


run(cook("pasta", 8, 2), cook("sauce", 5), cook("salad", 1, 1))
