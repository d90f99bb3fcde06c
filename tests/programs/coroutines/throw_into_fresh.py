async def f():
    print("never")

c = f()
try:
    c.throw(ValueError("before start"))
except ValueError as error:
    print(error)
try:
    c.send(None)
except RuntimeError as error:
    print(error)
