# python: 3.14
# plain: none
import asyncio
async def f(): return 1
loop = asyncio.get_event_loop()
print(loop.run_until_complete(f()))
