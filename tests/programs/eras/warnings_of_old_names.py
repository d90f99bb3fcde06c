# python: 3.9
# What 3.9 said of what it was about to lose, and what it did not say yet.
import sys
import warnings

warnings.simplefilter('always')
shown = []
warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: shown.append(
    (category.__name__, lineno, str(message)))

from collections import Iterable, Iterator
import collections
collections.Mapping
collections.Mapping
import asyncio


@asyncio.coroutine
def old():
    yield


@asyncio.coroutine
# between
@asyncio.coroutine
def twice():
    yield


def later():
    yield


later = asyncio.coroutine(later)
loop = asyncio.get_event_loop()
import threading
threading.currentThread().getName()
print(threading.Event().isSet(), threading.activeCount())
loop.close()
for item in shown:
    print(*item)
