# Nobody can await the cleanup of a dropped async generator; plain finally still runs.
async def agen():
    try:
        yield 1
    finally:
        print("finally")

a = agen()
try:
    a.asend(None).send(None)
except StopIteration as stop:
    print(stop.value)
del a
print("gone")
