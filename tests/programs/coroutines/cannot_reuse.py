async def f():
    return 1

c = f()
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)
for action in lambda: c.send(None), lambda: c.throw(ValueError), lambda: c.throw(ValueError("x")):
    try:
        action()
    except RuntimeError as error:
        print(error)
print(c.close())
