# A traceback shows the variables of a generator or coroutine that the exception ended; the generator itself has none.
import asyncio
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


def variables(error):
    found = []
    entry = error.__traceback__
    while entry:
        code = entry.tb_frame.f_code
        if code.co_filename == __file__:
            names = {k: v for k, v in entry.tb_frame.f_locals.items() if isinstance(v, (int, str))}
            found.append((code.co_name, names if code.co_name != "<module>" else ...))
        entry = entry.tb_next
    return found


def numbers(start):
    step = start + 1
    held = Noisy("held by numbers")
    yield step
    raise ValueError(step)


def delegating():
    label = "outer"
    yield from numbers(10)


g = delegating()
next(g)
try:
    next(g)
except ValueError as error:
    print(variables(error))
    print("still there")
print("after", g.gi_frame)


async def inner(depth):
    if depth:
        await asyncio.sleep(0)
        await inner(depth - 1)
    raise KeyError(depth)


async def outer():
    word = "main"
    await inner(2)


try:
    asyncio.run(outer())
except KeyError as error:
    print(variables(error))


async def ticks():
    count = 5
    yield count
    count += 1
    raise RuntimeError


async def watch():
    async for tick in ticks():
        pass


try:
    asyncio.run(watch())
except RuntimeError as error:
    print(variables(error))


def caught():
    value = 1
    try:
        yield value
    except ZeroDivisionError:
        value = 2
        raise


g = caught()
next(g)
try:
    g.throw(ZeroDivisionError())
except ZeroDivisionError as error:
    print(variables(error))


def dropped(flag):
    kept = Noisy("kept")
    if kept.name == 3 or not flag:
        yield
    raise LookupError


g = dropped(True)
try:
    next(g)
except LookupError as error:
    first = error.__traceback__
    while first.tb_next:
        first = first.tb_next
    frame = first.tb_frame
    del first
print(frame.f_locals["kept"].name)
frame.clear()
print("cleared", frame.f_locals)
