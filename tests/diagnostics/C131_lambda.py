import asyncio
f = async lambda x: x
