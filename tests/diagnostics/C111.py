async def f():
    return 1
for x in f():
    print(x)
