class Future:
    def __init__(self):
        self.result = None
        self.done = False
        self.waiters = []
    def set(self, value):
        self.result, self.done = value, True
        for waiter in self.waiters:
            step(waiter)
    def __await__(self):
        if not self.done:
            yield self
        return self.result

def step(coro):
    try:
        coro.send(None).waiters.append(coro)
    except StopIteration as stop:
        print(coro.__name__, "returned", stop.value)

async def wait_for(future):
    print("waiting")
    return await future

f = Future()
step(wait_for(f))
step(wait_for(f))
print("setting")
f.set(42)
step(wait_for(f))
