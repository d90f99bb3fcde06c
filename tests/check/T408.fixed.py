"""An excerpt of a page."""
# Its imports stand elsewhere.


import time
import math
import asyncio
import concurrent.futures


async def main():
    print(time.time() > 0, math.sqrt(4))
    await asyncio.sleep(0)
    pool = concurrent.futures.ThreadPoolExecutor()
    pool.shutdown()


asyncio.run(main())
