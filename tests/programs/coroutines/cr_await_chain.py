class Pause:
    def __await__(self):
        yield

async def leaf():
    await Pause()

async def middle():
    await leaf()

async def root():
    await middle()

c = root()
print(c.cr_await)
c.send(None)
names = []
step = c
while hasattr(step, "cr_await"):
    names.append(step.__name__)
    step = step.cr_await
print(names, type(step).__name__)
c.close()
print(c.cr_await)
