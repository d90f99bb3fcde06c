"""Loops that override what the event loop is made of: the clock, a turn, how calls are scheduled."""
import asyncio

class Virtual(asyncio.SelectorEventLoop):
    """Time passes only when everybody waits for it."""
    offset = 0.0

    def time(self):
        return self.offset

    def _run_once(self):
        if not self._ready and self._scheduled:
            self.offset = max(self.offset, self._scheduled[0].when())
        super()._run_once()

async def sleeper(name, seconds, log):
    await asyncio.sleep(seconds)
    log.append((name, asyncio.get_running_loop().time()))

async def main():
    log = []
    await asyncio.gather(sleeper("b", 3600, log), sleeper("a", 60, log), sleeper("c", 86400, log))
    return log

loop = Virtual()
print(loop.run_until_complete(main()))
loop.close()

class Counting(asyncio.SelectorEventLoop):
    calls = 0
    turns = 0

    def call_soon(self, callback, *args, context=None):
        self.calls += 1
        return super().call_soon(callback, *args, context=context)

    def _run_once(self):
        self.turns += 1
        super()._run_once()

loop = Counting()

async def two():
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return "done"

print(loop.run_until_complete(two()), loop.calls, loop.turns)
loop.close()

# Methods replaced on the object itself.
loop = asyncio.new_event_loop()
seen = []
plain = loop.call_soon

def spy(callback, *args, context=None):
    seen.append(getattr(callback, "__name__", type(callback).__name__))
    return plain(callback, *args, context=context)

loop.call_soon = spy
print(loop.run_until_complete(two()), len(seen))
del loop.call_soon

# A look at what is ready and what is scheduled.
loop.call_soon(print, "ready")
timer = loop.call_later(60, print, "later")
print(len(loop._ready), type(loop._ready).__name__, loop._scheduled == [timer])
loop.call_soon(loop.stop)
loop.run_forever()
timer.cancel()
loop.call_soon(loop.stop)
loop.run_forever()
print(loop._scheduled, len(loop._ready), loop.run_until_complete(two()))
loop.close()

class MyTask(asyncio.Task):
    pass

def factory(loop, coro, **kwargs):
    return MyTask(coro, loop=loop, **kwargs)

async def who():
    return type(asyncio.current_task()).__name__

loop = asyncio.new_event_loop()
loop.set_task_factory(factory)
print(loop.run_until_complete(who()), loop.get_task_factory() is factory)
try:
    loop.set_task_factory(3)
except TypeError as error:
    print(error)
loop.close()
