class Pause:
    def __await__(self):
        yield

async def agen(n):
    await Pause()
    yield n

a = agen(5)
print(a.__name__, a.__qualname__, a.ag_code.co_name)
print(a.ag_running, a.ag_suspended, a.ag_await, a.ag_frame.f_locals)
step = a.asend(None)
step.send(None)
print(a.ag_running, type(a.ag_await).__name__)
try:
    step.send(None)
except StopIteration as stop:
    print(stop.value, a.ag_running, a.ag_suspended, a.ag_await)
print(repr(a).split(" at ")[0])
