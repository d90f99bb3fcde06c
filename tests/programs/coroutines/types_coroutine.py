# types.coroutine lets await use a generator; yield in it reaches the driver.
import types

@types.coroutine
def switch(value):
    got = yield value
    return got

async def main():
    a = await switch("one")
    b = await switch("two")
    return a, b

c = main()
print(c.send(None))
print(c.send(1))
try:
    c.send(2)
except StopIteration as stop:
    print(stop.value)
