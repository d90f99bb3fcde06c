async def inner():
    return 1

async def outer():
    c = inner()
    print(await c)
    try:
        await c
    except RuntimeError as error:
        print(error)

try:
    outer().send(None)
except StopIteration:
    print("end")
