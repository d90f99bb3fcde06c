class asyncio.Queue(maxsize=0)
