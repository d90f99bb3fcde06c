# What a loop refuses to run lives as long as the traceback: the warning about it comes after.
import asyncio


async def inner():
    return 1


async def main():
    loop = asyncio.get_running_loop()
    try:
        loop.run_until_complete(inner())
    except RuntimeError as error:
        print(error)
        print("handled")
    print("end")


asyncio.run(main())
