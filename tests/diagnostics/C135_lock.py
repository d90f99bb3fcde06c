import asyncio
import threading
async def main():
    lock = threading.Lock()
    async with lock:
        pass
asyncio.run(main())
