from collections import deque

class Switch:
    def __await__(self):
        yield

async def child(name, n):
    for i in range(n):
        print(name, i)
        await Switch()
    return name.upper()

async def parent():
    print("parent waits")
    result = await child("c", 2)
    print("parent got", result)

def run(*coros):
    ready = deque(coros)
    while ready:
        c = ready.popleft()
        try:
            c.send(None)
        except StopIteration as stop:
            print(c.__name__, "->", stop.value)
        else:
            ready.append(c)

run(child("a", 1), parent(), child("b", 3))
