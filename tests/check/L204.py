# python: 3.8
import asyncio


async def main():
    print("working")
    await asyncio.sleep(0)
    return asyncio.get_event_loop() is not None

print(asyncio.get_event_loop().run_until_complete(main()))
