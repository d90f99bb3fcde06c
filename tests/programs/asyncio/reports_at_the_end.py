# What nobody has asked for by the end of the program is told then: the variables of the program are the last to go.
import asyncio


async def sleeper():
    await asyncio.sleep(10)


# Its place is told without a folder.
sleeper.__code__ = sleeper.__code__.replace(co_filename="program.py")


async def main():
    global task, future
    task = asyncio.ensure_future(sleeper())
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError("seen by nobody"))
    await asyncio.sleep(0)


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
print("the end")
