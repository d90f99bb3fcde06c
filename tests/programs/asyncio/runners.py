# run and Runner: one loop from its beginning to its end.
import asyncio
import contextvars

number = contextvars.ContextVar("number", default=0)


async def answer():
    return 42


async def leave_things_behind():
    async def worker(name):
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            print(name, "cancelled")
            raise

    async def stubborn():
        try:
            await asyncio.sleep(100)
        finally:
            await asyncio.sleep(0)
            print("stubborn has cleaned up")

    async def numbers():
        try:
            for value in range(10):
                yield value
        finally:
            await asyncio.sleep(0)
            print("generator closed")

    global generator
    generator = numbers()
    print(await anext(generator))
    tasks = [asyncio.create_task(worker("worker")), asyncio.create_task(stubborn())]
    await asyncio.sleep(0)
    globals()["kept"] = tasks
    return "main is done"


print(asyncio.run(answer()))
print(asyncio.run(leave_things_behind()))

with asyncio.Runner() as runner:
    async def count():
        number.set(number.get() + 1)
        return number.get()

    # All that one runner runs shares a context, and a loop.
    print(runner.run(count()), runner.run(count()), runner.run(count(), context=contextvars.copy_context()))
    print(number.get(), runner.get_loop().is_running(), runner.get_loop().get_debug())
    loop = runner.get_loop()
print(loop.is_closed())

for misuse in (lambda: asyncio.run(42), lambda: asyncio.run(answer), lambda: runner.run(None), runner.get_loop):
    try:
        misuse()
    except (ValueError, RuntimeError) as error:
        print(type(error).__name__, str(error).partition(" at 0x")[0])


async def nested():
    coro = answer()
    for run in (asyncio.run, asyncio.Runner().run):
        try:
            run(coro)
        except RuntimeError as error:
            print("RuntimeError:", error)
    coro.close()


asyncio.run(nested())


async def fails():
    raise KeyError("of main")


try:
    asyncio.run(fails())
except KeyError as error:
    print(repr(error))


async def cancels_itself():
    asyncio.current_task().cancel("enough")
    await asyncio.sleep(1)


try:
    asyncio.run(cancels_itself())
except asyncio.CancelledError as error:
    print(repr(error))

made = []


def factory():
    made.append(asyncio.new_event_loop())
    return made[0]


print(asyncio.run(answer(), loop_factory=factory, debug=True), made[0].is_closed(), made[0].get_debug())
print(asyncio.Runner)
