import os

def numbers():
    yield 1
    x = yield 2
    return x

async def work():
    await numbers()

i = 0
while i < 3 && i >= 0:
    i++
if not i:
    pass
else if i == 2 || !i:
    pass
else:
    print(i os)
while i < 1:
    pass
