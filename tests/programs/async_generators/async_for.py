async def countdown(n):
    while n:
        yield n
        n -= 1

async def main():
    async for n in countdown(3):
        print(n)
    else:
        print("else")
    return [n async for n in countdown(4)]

try:
    main().send(None)
except StopIteration as stop:
    print(stop.value)
