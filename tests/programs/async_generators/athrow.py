async def agen():
    try:
        yield 1
    except ValueError as error:
        yield f"handled {error}"
    yield "after"

def drive(awaitable):
    try:
        awaitable.send(None)
    except StopIteration as stop:
        return stop.value

a = agen()
drive(a.asend(None))
print(drive(a.athrow(ValueError("v"))))
print(drive(a.__anext__()))
try:
    drive(a.athrow(KeyError("k")))
except KeyError as error:
    print("out came", repr(error))
try:
    drive(a.__anext__())
except StopAsyncIteration:
    print("ended")
