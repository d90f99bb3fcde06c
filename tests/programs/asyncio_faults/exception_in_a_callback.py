"""What a callback raises goes to the exception handler; the loop goes on."""
import asyncio


def broken():
    raise ZeroDivisionError("in a callback")


class Odd:
    def __repr__(self):
        return "<Odd>"

    def __call__(self):
        raise KeyError("from an object")


def handler(loop, context):
    print(sorted(context), context["message"].partition(" created")[0].partition(" at ")[0], repr(context.get("exception")))


def worse(loop, context):
    raise RuntimeError("the handler fails too")


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_exception_handler())
    loop.set_exception_handler(handler)
    loop.call_soon(broken)
    loop.call_soon(Odd())
    loop.call_later(0.001, broken)
    future = loop.create_future()
    future.add_done_callback(lambda future: future.missing)
    future.set_result(1)
    await asyncio.sleep(0.01)
    loop.call_exception_handler({"message": "made up", "exception": None})
    for wrong in ("not callable", 3):
        try:
            loop.set_exception_handler(wrong)
        except TypeError as error:
            print(error)
    loop.set_exception_handler(None)
    print(loop.get_exception_handler())
    print("still running", loop.is_running())


asyncio.run(main())
