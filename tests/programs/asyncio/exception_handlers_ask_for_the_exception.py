# Exception handlers are called as from an except block: sys.exc_info knows the exception, and what goes wrong in the
# handler has it as its context.
import asyncio
import logging
import sys


def ask(loop, context):
    print(context["message"].split(" at ")[0], sys.exc_info()[1])


def fail(loop, context):
    raise LookupError("in the handler")


class Shown(logging.Handler):
    def emit(self, record):
        error = record.exc_info[1]
        print(record.getMessage().splitlines()[0], repr(error), "after", repr(error.__context__))


def divide():
    1 / 0


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(ask)
    loop.call_soon(divide)
    loop.call_later(0, divide)
    await asyncio.sleep(0.01)
    print(sys.exc_info())
    loop.call_exception_handler({"message": "by hand"})
    loop.set_exception_handler(fail)
    logging.getLogger("asyncio").addHandler(Shown())
    loop.call_soon(divide)
    await asyncio.sleep(0)


asyncio.run(main())
