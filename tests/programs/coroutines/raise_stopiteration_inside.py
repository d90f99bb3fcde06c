async def f():
    raise StopIteration(3)

try:
    f().send(None)
except RuntimeError as error:
    print(error, repr(error.__cause__))
