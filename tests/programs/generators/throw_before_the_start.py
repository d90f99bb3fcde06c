"""An exception thrown into a generator, coroutine or generator expression that has not begun comes from its first line,
without marks."""
import sys
import traceback


def attempt(suspended, *arguments):
    try:
        suspended.throw(*arguments)
    except Exception as error:
        entry = error.__traceback__.tb_next
        print(entry.tb_lineno)
        traceback.print_exc(file=sys.stdout)


def generator():
    yield 1


def one_line(): yield 2


def decorate(function):
    return function


@decorate
def decorated(a,
              b=1):
    yield


async def coroutine():
    return 1


async def asynchronous(): yield 1


attempt(generator(), ValueError("generator"))
attempt(one_line(), ValueError("one line"))
attempt((lambda: (yield))(), ValueError("lambda"))
attempt((i for i in [1]), ValueError("expression"))
attempt((i
         for i in [1]), ValueError("expression of two lines"))
attempt(decorated(1), ValueError("decorated"))
attempt(coroutine(), ValueError("coroutine"))
suspended = one_line()
next(suspended)
attempt(suspended, ValueError("after the start"))
try:
    asynchronous().athrow(ValueError("asynchronous")).send(None)
except ValueError:
    traceback.print_exc(file=sys.stdout)
one_line().throw(KeyError("uncaught"))
