async def f(x):
    await x

class NotCallableAwait:
    __await__ = 5

class AwaitGivesInt:
    def __await__(self):
        return 5

async def coro():
    pass

class AwaitGivesCoroutine:
    def __await__(self):
        return c

c = coro()

for x in 5, None, "text", [1], (i for i in ()), NotCallableAwait(), AwaitGivesInt(), AwaitGivesCoroutine():
    try:
        f(x).send(None)
    except TypeError as error:
        print(error)
c.close()
