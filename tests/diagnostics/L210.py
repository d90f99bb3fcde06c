import asyncio
q = asyncio.Queue()
async def use():
    t = asyncio.create_task(q.get())
    await asyncio.sleep(0)
    t.cancel()
    q.put_nowait(1)
asyncio.run(use())
async def use2():
    await q.get()
    await asyncio.wait_for(q.get(), 0.01)
asyncio.run(use2())
