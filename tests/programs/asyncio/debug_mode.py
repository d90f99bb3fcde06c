# What debug mode finds: wrong threads, wrong callbacks, slow ones, and where things were made.
import asyncio
import logging
import threading
import time


class Lines(logging.Handler):
    def emit(self, record):
        text = record.getMessage()
        print(record.levelname, text.partition("<")[0], text.rpartition(">")[2].partition(" took ")[1])


logging.getLogger("asyncio").addHandler(Lines())
logging.getLogger("asyncio").propagate = False
logging.getLogger("asyncio").setLevel(logging.WARNING)


async def main():
    loop = asyncio.get_running_loop()
    # What is slow on a busy machine is none of this program's business.
    loop.slow_callback_duration = 3600
    print(loop.get_debug())
    for misuse in (lambda: loop.call_soon(main), lambda: loop.call_soon(3), lambda: loop.call_later(None, print)):
        try:
            misuse()
        except TypeError as error:
            print("TypeError:", str(error).partition(" at 0x")[0])

    def elsewhere():
        try:
            loop.call_soon(print)
        except RuntimeError as error:
            print("RuntimeError:", error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    await asyncio.sleep(0.001)
    thread.join()
    future = loop.create_future()
    print("created at" in repr(future), future._source_traceback is not None)
    print("created at" in repr(loop.call_soon(str)))
    await asyncio.sleep(0)
    loop.slow_callback_duration = 0.01
    time.sleep(0.02)
    await asyncio.sleep(0)
    loop.slow_callback_duration = 3600


asyncio.run(main(), debug=True)
