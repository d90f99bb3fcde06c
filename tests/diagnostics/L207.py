import asyncio
async def inner(): return 1
async def main():
    loop2 = asyncio.new_event_loop()
    loop2.run_until_complete(inner())
asyncio.run(main())
