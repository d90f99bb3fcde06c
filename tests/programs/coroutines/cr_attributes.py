class Pause:
    def __await__(self):
        yield "paused"

async def work(n):
    m = n * 2
    await Pause()

c = work(4)
print(c.__name__, c.__qualname__, c.cr_code.co_name)
print(c.cr_running, c.cr_suspended, c.cr_await, c.cr_origin)
print(c.cr_frame.f_locals)
c.send(None)
print(c.cr_running, c.cr_suspended, type(c.cr_await).__name__)
print(c.cr_frame.f_locals)
try:
    c.send(None)
except StopIteration:
    pass
print(c.cr_frame, c.cr_running, c.cr_suspended, c.cr_await)
