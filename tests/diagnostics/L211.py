import asyncio, threading
async def main():
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    th = threading.Thread(target=lambda: loop.call_soon(print))
    th.start(); th.join()
asyncio.run(main())
