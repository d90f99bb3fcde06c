"""The hook for first iterations runs when `__anext__()` is called; the other one then runs even for a generator that
never started."""
import gc
import sys


async def numbers(name):
    try:
        yield name
    finally:
        print("cleaned up", name)


def first(generator):
    print("first", generator.ag_frame.f_locals)


def last(generator):
    print("last", generator.ag_frame.f_locals)
    try:
        generator.aclose().send(None)
    except StopIteration:
        print("closed")


sys.set_asyncgen_hooks(first, last)
unasked = numbers("never asked")
del unasked
for ask in ("__anext__", "aclose"):
    print(ask)
    generator = numbers(ask)
    step = getattr(generator, ask)()
    step.close()
    del generator, step
    gc.collect()
print("started")
generator = numbers("started")
try:
    generator.asend(None).send(None)
except StopIteration as stop:
    print(stop.value)
del generator
gc.collect()
print("finished")
generator = numbers("finished")
for _ in range(2):
    try:
        generator.__anext__().send(None)
    except (StopIteration, StopAsyncIteration) as stop:
        print(type(stop).__name__)
del generator
gc.collect()
