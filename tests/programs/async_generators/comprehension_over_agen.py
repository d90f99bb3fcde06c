async def numbers(n):
    for i in range(n):
        yield i

async def main():
    print([i * i async for i in numbers(4)])
    print({i async for i in numbers(3)})
    print({i: str(i) async for i in numbers(2)})
    squares = (i * i async for i in numbers(4) if i)
    print(type(squares).__name__, [s async for s in squares])
    print([(i, j) async for i in numbers(3) async for j in numbers(i)])

try:
    main().send(None)
except StopIteration:
    pass
