import asyncio
class Job:
    async def run(self):
        return 1
async def main():
    job = Job()
    async with asyncio.TaskGroup() as tg:
        tg.create_task(job.run)
asyncio.run(main())
