# oracle: 3.8
# asyncio.wait made tasks of coroutines, until Python 3.10.
import asyncio
import warnings

warnings.simplefilter("ignore")


async def after(seconds, result):
    await asyncio.sleep(seconds)
    return result


async def main():
    done, pending = await asyncio.wait([after(0.002, "b"), after(0.001, "a")])
    print(sorted(task.result() for task in done), pending, all(isinstance(task, asyncio.Task) for task in done))
    done, pending = await asyncio.wait([after(0, "quick"), after(10, "slow")], return_when=asyncio.FIRST_COMPLETED)
    print([task.result() for task in done], len(pending))
    for task in pending:
        task.cancel()


asyncio.get_event_loop().run_until_complete(main())
asyncio.get_event_loop().run_until_complete(asyncio.wait([after(0, 1), after(0, 2)]))
