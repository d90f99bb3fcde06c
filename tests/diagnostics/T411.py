import asyncio
awaitable asyncio.gather(*aws)
