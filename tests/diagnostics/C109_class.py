import asyncio
class Settings:
    value = await asyncio.sleep(0, 1)
