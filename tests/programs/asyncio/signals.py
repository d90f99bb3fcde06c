# Signals become callbacks of the loop; Ctrl-C cancels the main task, whose finally blocks may still await.
import asyncio
import os
import signal


async def main():
    loop = asyncio.get_running_loop()
    came = asyncio.Queue()
    loop.add_signal_handler(signal.SIGUSR1, came.put_nowait, "user 1")
    os.kill(os.getpid(), signal.SIGUSR1)
    print(await came.get())
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    for wrong in (lambda: loop.add_signal_handler("x", print), lambda: loop.add_signal_handler(1000, print),
                  lambda: loop.add_signal_handler(signal.SIGKILL, print),
                  lambda: loop.add_signal_handler(signal.SIGTERM, main)):
        try:
            wrong()
        except (TypeError, ValueError, RuntimeError) as error:
            print(type(error).__name__, error)


asyncio.run(main())


async def interrupted():
    asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGINT)
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("cancelled")
        raise
    finally:
        await asyncio.sleep(0)
        print("cleaned up")


try:
    asyncio.run(interrupted())
except KeyboardInterrupt as error:
    print(repr(error))
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)


async def swallows():
    os.kill(os.getpid(), signal.SIGINT)
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        return "went on"


print(asyncio.run(swallows()))
