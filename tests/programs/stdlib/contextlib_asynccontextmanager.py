from contextlib import asynccontextmanager, AsyncExitStack, aclosing
@asynccontextmanager
async def cm(name):
    print("enter", name)
    try:
        yield name.upper()
    except KeyError:
        print("handled")
    finally:
        print("exit", name)
async def agen():
    try:
        yield 1
        yield 2
    finally:
        print("agen closed")
async def main():
    async with cm("a") as a: print(a)
    async with cm("b"): raise KeyError
    try:
        async with cm("c"): raise ValueError("passes")
    except ValueError as error: print(error)
    async with AsyncExitStack() as stack:
        print(await stack.enter_async_context(cm("d")))
        stack.callback(print, "sync callback")
    async with aclosing(agen()) as g:
        async for x in g:
            print(x)
            break
try:
    main().send(None)
except StopIteration:
    print("end")
