"""An excerpt of a page."""
# Its imports stand elsewhere.


async def main():
    print(time.time() > 0, math.sqrt(4))
    await aysncio.sleep(0)
    pool = concurrent.futures.ThreadPoolExecutor()
    pool.shutdown()


asyncio.run(main())
