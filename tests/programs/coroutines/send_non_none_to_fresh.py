async def f():
    pass

c = f()
try:
    c.send(1)
except TypeError as error:
    print(error)
c.close()
