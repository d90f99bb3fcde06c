# python: 3.8
import asyncio


def numbers():
    yield 1


@asyncio.coroutine
def delegates():
    yield from numbers()


@asyncio.coroutine
def used():
    yield from asyncio.sleep(0)


def old_generator():
    yield from used()


@asyncio.coroutine
def future():
    return asyncio.sleep(0)


try:
    coroutine = asyncio.coroutine
except AttributeError:
    coroutine = None
if hasattr(asyncio, "coroutine"):
    print(asyncio.coroutine is coroutine)
