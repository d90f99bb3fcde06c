import asyncio
async def main():
    order = sorted([3, 1], key=lambda n: await cost(n))
