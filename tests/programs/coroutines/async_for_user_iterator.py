class Ticker:
    def __init__(self, n):
        self.n = n
    def __aiter__(self):
        return self
    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n

async def main():
    async for n in Ticker(3):
        print(n)
    else:
        print("else")
    async for n in Ticker(3):
        if n == 1:
            break
    else:
        print("not printed")
    async for n in Ticker(3):
        if n == 1:
            continue
        print("kept", n)

try:
    main().send(None)
except StopIteration:
    print("end")
