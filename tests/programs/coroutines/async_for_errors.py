class NoAnext:
    def __aiter__(self):
        return self

class AiterGivesInt:
    def __aiter__(self):
        return 5

class AnextGivesInt:
    def __aiter__(self):
        return self
    def __anext__(self):
        return 5

async def loop(x):
    async for _ in x:
        pass

for x in [1], 5, NoAnext(), AiterGivesInt(), AnextGivesInt():
    try:
        loop(x).send(None)
    except TypeError as error:
        print(error)

class Async:
    def __aiter__(self): return self
    async def __anext__(self): raise StopAsyncIteration
try:
    for x in Async():
        pass
except TypeError as error:
    print(error)
