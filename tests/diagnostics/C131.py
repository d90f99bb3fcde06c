import asyncio
async function f():
    pass
