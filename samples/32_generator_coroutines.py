# oracle: 3.8
# How a program of 2014 is written: the coroutines are generators, and wait by
# `yield from`. It runs as it stands.

import asyncio
import warnings

warnings.simplefilter("ignore")         # CPython 3.8 advises against all of this


@asyncio.coroutine
def cook(dish, seconds):
    print("cooking", dish)
    yield from asyncio.sleep(seconds)
    return dish


@asyncio.coroutine
def serve():
    soup = asyncio.ensure_future(cook("soup", 0.02))
    bread = yield from cook("bread", 0.01)
    print("ready:", bread, "and", (yield from soup))
    yield from asyncio.wait([cook("coffee", 0)])


loop = asyncio.get_event_loop()
loop.run_until_complete(serve())
loop.close()
