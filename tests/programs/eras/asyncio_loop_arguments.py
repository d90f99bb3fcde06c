# oracle: 3.8
# loop= could be given everywhere until Python 3.9: nobody had to ask which loop was meant.
import asyncio
import warnings

warnings.simplefilter("ignore")
loop = asyncio.new_event_loop()
asyncio.set_event_loop(None)


async def use(what):
    await what.acquire()
    what.release()
    return type(what).__name__


async def pass_through(queue):
    await queue.put("item")
    return await queue.get()


async def main():
    print(await asyncio.sleep(0.001, "slept", loop=loop))
    print(await asyncio.gather(use(lock), use(semaphore), use(bounded), use(condition), loop=loop))
    print(await asyncio.wait_for(pass_through(queue), 1, loop=loop))
    print(await asyncio.shield(asyncio.sleep(0, "shielded", loop=loop), loop=loop))
    done, _ = await asyncio.wait({asyncio.ensure_future(event.wait(), loop=loop)}, loop=loop)
    print([task.result() for task in done])
    for coming in asyncio.as_completed([asyncio.sleep(0, "completed", loop=loop)], loop=loop):
        print(await coming)

    async def echo(reader, writer):
        writer.write(await reader.readline())
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0, loop=loop)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), loop=loop)
    writer.write(b"echo\n")
    print(await reader.read())
    writer.close()
    server.close()
    await server.wait_closed()


lock, semaphore = asyncio.Lock(loop=loop), asyncio.Semaphore(2, loop=loop)
bounded, condition = asyncio.BoundedSemaphore(loop=loop), asyncio.Condition(loop=loop)
event, queue = asyncio.Event(loop=loop), asyncio.Queue(1, loop=loop)
event.set()
loop.run_until_complete(main())
print(loop.run_until_complete(asyncio.gather(asyncio.sleep(0, 1, loop=loop), loop=loop)))
print(loop.run_until_complete(asyncio.sleep(0, "end", loop=loop)))
loop.close()
