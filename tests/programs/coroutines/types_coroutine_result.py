import types, inspect

def plain():
    yield 1

@types.coroutine
def marked():
    yield 1

async def native():
    pass

g = marked()
print(type(g).__name__, inspect.isawaitable(g), inspect.iscoroutine(g), list(g))
print(inspect.isawaitable(plain()), inspect.iscoroutinefunction(marked), inspect.iscoroutinefunction(native))
print(types.coroutine(native) is native)
try:
    types.coroutine(5)
except TypeError as error:
    print(error)
