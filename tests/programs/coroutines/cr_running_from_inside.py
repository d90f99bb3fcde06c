async def f():
    print(c.cr_running, c.cr_suspended)
    try:
        c.send(None)
    except ValueError as error:
        print(error)

c = f()
try:
    c.send(None)
except StopIteration:
    print(c.cr_running)
