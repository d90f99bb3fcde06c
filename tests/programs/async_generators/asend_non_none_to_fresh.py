async def agen():
    yield 1

a = agen()
try:
    a.asend("x").send(None)
except TypeError as error:
    print(error)
