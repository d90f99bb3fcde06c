async def f():
    raise StopAsyncIteration("escapes")

try:
    f().send(None)
except StopAsyncIteration as stop:
    print("plain", stop)
