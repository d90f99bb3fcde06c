# A signal that comes while the loop sleeps wakes it, also when nothing else is scheduled.
import asyncio
import os
import signal
import subprocess


async def main():
    loop = asyncio.get_running_loop()
    came = asyncio.Event()
    for number in (signal.SIGUSR1, signal.SIGINT):
        came.clear()
        loop.add_signal_handler(number, came.set)
        child = subprocess.Popen(["sh", "-c", f"sleep 0.05; kill -{int(number)} {os.getpid()}"])
        await came.wait()
        print("came:", number.name, loop.remove_signal_handler(number))
        child.wait()


asyncio.run(main())
