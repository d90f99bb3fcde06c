"""call_soon, call_later, call_at: order, cancelling, contexts, what handles look like, running and stopping."""
import asyncio
import contextvars

def show(call):
    try:
        print(repr(call()))
    except BaseException as error:
        print(type(error).__name__, error)

loop = asyncio.new_event_loop()
print(loop, loop.is_running(), loop.is_closed(), loop.get_debug())
log = []
loop.call_soon(log.append, 1)
gone = loop.call_soon(log.append, 2)
loop.call_soon(log.append, 3)
print(gone.cancelled())
gone.cancel()
print(gone.cancelled(), gone)
now = loop.time()
loop.call_at(now + 0.03, log.append, "third")
loop.call_at(now + 0.01, log.append, "first")
cancelled = loop.call_later(0.015, log.append, "never")
loop.call_later(0.02, log.append, "second")
loop.call_later(0.05, loop.stop)
cancelled.cancel()
print(isinstance(cancelled, asyncio.TimerHandle), cancelled.when() > now, cancelled.cancelled())
loop.run_forever()
print(log)

def soon(n):
    log.append(n)
    if n:
        loop.call_soon(soon, n - 1)

log.clear()
loop.call_soon(soon, 3)
loop.call_soon(loop.stop)
loop.run_forever()
print("one turn", log)
loop.call_soon(loop.stop)
loop.run_forever()
print("and one more", log)
loop.stop()
loop.run_forever()
print("stopped before", log)

var = contextvars.ContextVar("var", default=0)

def note():
    log.append(var.get())
    var.set(99)

log.clear()
var.set(1)
loop.call_soon(note)
var.set(2)
loop.call_soon(note)
context = contextvars.copy_context()
loop.call_soon(note, context=context)
loop.call_soon(loop.stop)
loop.run_forever()
print(log, var.get(), context[var])

async def running():
    show(lambda: loop.close())
    return loop.is_running(), asyncio.get_running_loop() is loop

print(loop.run_until_complete(running()))
show(lambda: loop.call_later(None, print))
show(lambda: loop.call_at(None, print))
show(lambda: loop.run_until_complete(3))

def stops_too_soon():
    async def waits():
        loop.stop()
        await asyncio.sleep(1)
    task = loop.create_task(waits())
    try:
        loop.run_until_complete(task)
    finally:
        task._log_destroy_pending = False

show(stops_too_soon)
loop.close()
print(loop.is_closed())
show(lambda: loop.call_soon(print))
show(lambda: loop.call_later(1, print))
show(lambda: loop.run_forever())
coroutine = running()
show(lambda: loop.create_task(coroutine))
coroutine.close()
loop.close()
show(asyncio.get_running_loop)
