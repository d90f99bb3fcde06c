class K:
    async def method(self):
        pass

async def f():
    pass

for c in f(), K().method():
    print(repr(c).split(" at ")[0], c.__name__, c.__qualname__)
    c.__name__ = "new"
    print(c.__name__, repr(c).split(" at ")[0])
    c.close()
