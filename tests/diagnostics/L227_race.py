import asyncio
def answer(future):
    future.set_result('answer')
async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(answer, future)
    await asyncio.sleep(0)
    future.set_exception(OSError('too late'))
asyncio.run(main())
