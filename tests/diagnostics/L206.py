import asyncio
async def f(): return 1
loop = asyncio.new_event_loop()
loop.run_until_complete(f())
loop.close()
loop.run_until_complete(f())
