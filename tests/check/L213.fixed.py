# python: 3.8
import asyncio


async def work(n):
    await asyncio.sleep(n / 50)
    print(n)


async def main():
    await asyncio.wait([asyncio.create_task(work(1)), asyncio.create_task(work(0))])
    jobs = [asyncio.create_task(work(n)) for n in range(2)]
    done, pending = await asyncio.wait(jobs, timeout=5)
    print(len(done), len(pending))


loop = asyncio.new_event_loop()
jobs = [loop.create_task(work(3)), loop.create_task(work(2))]
loop.run_until_complete(asyncio.wait(jobs))
loop.run_until_complete(main())
early = (work(0), work(1))
other = asyncio.new_event_loop()
other.run_until_complete(asyncio.wait([other.create_task(coro) for coro in early]))
