import sys

class Pause:
    def __await__(self):
        yield

async def f():
    try:
        raise KeyError("in f")
    except KeyError:
        await Pause()
        print("still handling", repr(sys.exc_info()[1]))
        raise

c = f()
c.send(None)
print("outside", sys.exc_info()[1])
try:
    raise ValueError("in driver")
except ValueError:
    try:
        c.send(None)
    except KeyError as error:
        print(repr(error), repr(error.__context__))
