# python: 3.8
import asyncio


async def work(name):
    print(name)

def main():
    loop = asyncio.new_event_loop()  # the loop
    asyncio.set_event_loop(loop)
    both = asyncio.gather(work("a"), work("b"))
    loop.run_until_complete(both)
    loop.close()

main()
