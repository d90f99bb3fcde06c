# coroutine.__await__() gives an iterator: for old style drivers.
async def f():
    return "r"

it = f().__await__()
print(type(it).__name__, iter(it) is it)
try:
    next(it)
except StopIteration as stop:
    print(stop.value)

def gen():
    result = yield from f().__await__()
    print("in gen", result)

print(list(gen()))
