# python: 3.8
import asyncio


async def work(name):
    print(name)

def main():
    loop = asyncio.get_event_loop()  # the loop
    both = asyncio.gather(work("a"), work("b"))
    loop.run_until_complete(both)
    loop.close()

main()
