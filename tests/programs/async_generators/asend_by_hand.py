async def agen():
    got = yield "first"
    print("got", got)
    got = yield "second"
    print("got", got)

def drive(awaitable):
    """Run an awaitable that never pauses; give its result."""
    try:
        awaitable.send(None)
    except StopIteration as stop:
        return stop.value

a = agen()
print(type(a).__name__)
print(drive(a.asend(None)))
print(drive(a.asend("x")))
try:
    drive(a.asend("y"))
except StopAsyncIteration as stop:
    print("StopAsyncIteration", stop.args)
try:
    drive(a.asend(None))
except StopAsyncIteration:
    print("again")
