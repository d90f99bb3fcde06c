"""KeyboardInterrupt and SystemExit go through the loop; other exceptions stay in their tasks."""
import asyncio

def run(coro):
    try:
        return asyncio.run(coro)
    except BaseException as error:
        return type(error).__name__, error.args

async def child(error):
    await asyncio.sleep(0)
    raise error

async def main(error):
    task = asyncio.create_task(child(error))
    try:
        await asyncio.sleep(1)
    finally:
        print("main ends", task.done(), repr(task.exception()))

print(run(main(KeyboardInterrupt("k"))))
print(run(main(SystemExit(4))))

async def direct(error):
    raise error

print(run(direct(ValueError("v"))))
print(run(direct(SystemExit(5))))

async def in_callback():
    def stop():
        raise SystemExit("from a callback")
    asyncio.get_running_loop().call_soon(stop)
    try:
        await asyncio.sleep(1)
    finally:
        print("cleaned up")

print(run(in_callback()))
loop = asyncio.new_event_loop()
try:
    loop.run_until_complete(direct(GeneratorExit("g")))
except GeneratorExit as error:
    print("generator exit", error.args)
print(loop.is_running())
loop.close()
