# An exception thrown into what has not begun stands at the `def` (or the first decorator), with nothing marked.
import asyncio
import traceback


def same(function):
    return function


@same
@same
def generator(first,
              second):
    """Documentation."""
    yield 1


def on_one_line(): yield 5


async def coroutine():
    value = 1
    return value


def show(target):
    try:
        target.throw(ValueError("thrown"))
    except ValueError as error:
        for entry in traceback.format_exception(error)[2:]:
            print(entry, end="")
        last = error.__traceback__.tb_next
        print(last.tb_lineno, last.tb_frame.f_code.co_name)


show(generator(1, 2))
show(on_one_line())
show(coroutine())
show((i for i in
      [1]))


async def main():
    task = asyncio.create_task(coroutine())
    task.cancel()
    await task


try:
    asyncio.run(main())
except asyncio.CancelledError as error:
    # Where it was cancelled: before it began.
    print(traceback.extract_tb(error.__traceback__)[-1].name, traceback.extract_tb(error.__traceback__)[-1].line)
on_one_line().throw(KeyError(1))
