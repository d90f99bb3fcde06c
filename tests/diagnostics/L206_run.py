import asyncio
kept = None
async def main():
    global kept
    kept = asyncio.get_running_loop()
asyncio.run(main())
kept.call_soon(print, 'late')
