# python: 3.8
# What 3.8 said of things that later Pythons do not have.
import asyncio
import base64
import fractions
import inspect
import json
import locale
import sys
import threading
import unittest
import warnings

warnings.simplefilter("always")
shown = []


def note(message, category, filename, lineno, file=None, line=None):
    # The library warned itself, too.
    if filename == __file__:
        shown.append((lineno, category.__name__, str(message)))


warnings.showwarning = note


class Test(unittest.TestCase):
    def test(self):
        self.assertEquals(1, 1)
        self.assert_(True)
        self.assertRegexpMatches("a", "a")


Test("test").test()
base64.encodestring(b"a")
base64.decodestring(b"YQ==")
fractions.gcd(6, 4)
inspect.getargspec(lambda: None)
json.loads("1", encoding="utf-8")
locale.format("%d", 1)
sys.setcheckinterval(sys.getcheckinterval())
threading.current_thread().isAlive()
import imp
loop = asyncio.new_event_loop()
asyncio.Lock(loop=loop)
asyncio.Queue(loop=loop)
asyncio.Task.all_tasks(loop)


async def main():
    with await asyncio.Lock():
        pass
    await asyncio.wait_for(asyncio.sleep(0), 1, loop=loop)
    await asyncio.shield(asyncio.sleep(0), loop=loop)
    try:
        with asyncio.Lock():
            pass
    except RuntimeError as error:
        print(error)


@asyncio.coroutine
def old(lock):
    with (yield from lock):
        pass


loop.run_until_complete(main())
loop.run_until_complete(old(asyncio.Lock()))
loop.close()
for item in shown:
    print(*item)
