"""Ctrl-C while `asyncio.run` runs: the tasks are cancelled, their `finally` blocks run, KeyboardInterrupt leaves."""
import asyncio
import signal


async def worker(name):
    try:
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        print(name, "is cancelled")
        raise
    finally:
        await asyncio.sleep(0)
        print(name, "cleaned up")


async def main():
    asyncio.get_running_loop().call_later(0.01, signal.raise_signal, signal.SIGINT)
    tasks = [asyncio.create_task(worker(name)) for name in "ab"]
    try:
        await asyncio.gather(*tasks)
    finally:
        print("main cleans up")


async def stubborn():
    asyncio.get_running_loop().call_later(0.01, signal.raise_signal, signal.SIGINT)
    try:
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        print("stubborn goes on")
    return "result"


async def busy():
    signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGINT)
    await asyncio.sleep(1000)


for coroutine in (main, stubborn, busy):
    try:
        print(asyncio.run(coroutine()))
    except KeyboardInterrupt as error:
        print("KeyboardInterrupt", error.args)
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
