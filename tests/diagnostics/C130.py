import asyncio
class A:
    async def __init__(self):
        pass
A()
