import asyncio
async def worker():
    for i in range(3):
        try:
            await asyncio.sleep(0.01)
        except BaseException as error:
            print('caught', repr(error))
async def main():
    t = asyncio.create_task(worker(), name='worker')
    await asyncio.sleep(0)
    t.cancel()
    await t
    print('cancelled?', t.cancelled())
asyncio.run(main())
