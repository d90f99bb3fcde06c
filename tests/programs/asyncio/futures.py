"""Futures by hand: states, callbacks, errors, what they look like."""
import asyncio
import contextvars

def show(call):
    try:
        print(repr(call()))
    except BaseException as error:
        print(type(error).__name__, error)

async def main():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    print(f, f.done(), f.cancelled(), f._state, f._asyncio_future_blocking)
    show(f.result)
    show(f.exception)
    order = []
    f.add_done_callback(lambda fut: order.append(("first", fut is f)))
    second = lambda fut: order.append("second")
    f.add_done_callback(second)
    f.add_done_callback(second)
    print(len(f._callbacks), f.remove_done_callback(second), len(f._callbacks))
    f.set_result([1])
    print(order, f, f.result(), f.exception())
    await asyncio.sleep(0)
    print(order)
    f.add_done_callback(second)
    await asyncio.sleep(0)
    print(order)
    show(lambda: f.set_result(2))
    show(lambda: f.set_exception(ValueError()))
    print(f.cancel(), f.get_loop() is loop)

    f = loop.create_future()
    f.set_exception(KeyError("k"))
    print(f, repr(f.exception()))
    show(f.result)
    f = loop.create_future()
    show(lambda: f.set_exception(3))
    f.set_exception(ValueError)
    print(repr(f.exception()))
    f = loop.create_future()
    f.set_exception(StopIteration("x"))
    print(repr(f.exception()), repr(f.exception().__cause__))

    f = loop.create_future()
    print(f.cancel("enough"), f.cancel(), f, f.cancelled(), f._cancel_message)
    show(f.result)
    show(f.exception)
    try:
        await f
    except asyncio.CancelledError as error:
        print("awaited", error.args)

    f = loop.create_future()
    it = iter(f)
    print(next(it) is f, f._asyncio_future_blocking)
    show(lambda: next(it))
    f.set_result("done")
    try:
        next(it)
    except StopIteration as stop:
        print(stop.value)
    show(lambda: next(it))
    it = f.__await__()
    show(lambda: it.throw(KeyError("thrown")))

    var = contextvars.ContextVar("var", default="outside")
    context = contextvars.copy_context()
    context.run(var.set, "inside")
    f = loop.create_future()
    f.add_done_callback(lambda fut: print("callback", var.get()), context=context)
    f.add_done_callback(lambda fut: print("callback", var.get()))
    f.set_result(None)
    await asyncio.sleep(0)

    class Mine(asyncio.Future):
        extra = 5

    m = Mine(loop=loop)
    m.attribute = 6
    loop.call_soon(m.set_result, "mine")
    print(await m, m.extra, m.attribute, m)
    print(asyncio.isfuture(m), asyncio.isfuture(3), isinstance(m, asyncio.Future))
    empty = asyncio.Future.__new__(asyncio.Future)
    for name in "result", "exception", "cancelled", "done", "cancel", "get_loop":
        show(getattr(empty, name))
    show(lambda: repr(empty))
    show(lambda: asyncio.Future(3))
    show(lambda: asyncio.Future(loop=3))

asyncio.run(main())
