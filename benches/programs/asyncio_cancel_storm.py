"""Tasks that are cancelled while they sleep, and clean up."""
import asyncio

cleaned = 0

async def sleeper():
    global cleaned
    try:
        await asyncio.sleep(3600)
    finally:
        cleaned += 1

async def main():
    for _ in range(10):
        tasks = [asyncio.create_task(sleeper()) for _ in range(4000)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    print(cleaned, len(results), sum(task.cancelled() for task in tasks))

asyncio.run(main())
