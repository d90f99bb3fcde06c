class NoExit:
    async def __aenter__(self):
        pass

class Plain:
    def __enter__(self): pass
    def __exit__(self, *a): pass

class NotAwaitable:
    def __aenter__(self):
        return 5
    def __aexit__(self, *a):
        return 5

class BadExit:
    async def __aenter__(self):
        pass
    def __aexit__(self, *a):
        return 7

async def use(manager):
    async with manager:
        pass

async def use_sync(manager):
    with manager:
        pass

for manager in NoExit(), Plain(), NotAwaitable(), BadExit(), 5:
    try:
        use(manager).send(None)
    except TypeError as error:
        print(error)
try:
    use_sync(BadExit()).send(None)
except TypeError as error:
    print(error)
