# Which loop is the current one: running, set for the thread, or none.
import asyncio
import threading
import warnings

warnings.simplefilter("error")
loop = asyncio.new_event_loop()
print(loop, isinstance(loop, asyncio.AbstractEventLoop), type(loop) is asyncio.SelectorEventLoop)
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print("RuntimeError:", error)
try:
    asyncio.get_event_loop()
except DeprecationWarning as warning:
    print("DeprecationWarning:", warning)
asyncio.set_event_loop(loop)
print(asyncio.get_event_loop() is loop)


async def inside():
    return asyncio.get_event_loop() is asyncio.get_running_loop() is loop


print(loop.run_until_complete(inside()))


def elsewhere():
    try:
        asyncio.get_event_loop()
    except RuntimeError as error:
        print("RuntimeError:", error)


thread = threading.Thread(target=elsewhere, name="elsewhere")
thread.start()
thread.join()
asyncio.set_event_loop(None)
try:
    asyncio.get_event_loop()
except RuntimeError as error:
    print("RuntimeError:", error)

for wrong in (lambda: asyncio.set_event_loop(1), lambda: asyncio.set_event_loop_policy(2)):
    try:
        wrong()
    except TypeError as error:
        print("TypeError:", error)


class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        print("a loop is made")
        return super().new_event_loop()


asyncio.set_event_loop_policy(Policy())
asyncio.run(asyncio.sleep(0))
asyncio.set_event_loop_policy(None)
print(type(asyncio.get_event_loop_policy()).__mro__[1:])

loop.close()
coro = inside()
for call in (lambda: loop.run_until_complete(coro), lambda: loop.call_soon(print)):
    try:
        call()
    except RuntimeError as error:
        print("RuntimeError:", error)
coro.close()
print(loop)
try:
    asyncio.AbstractEventLoop().run_forever()
except NotImplementedError as error:
    print(repr(error))
