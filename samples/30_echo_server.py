# A server and two clients in one program: each connection is a task, and all
# of them share one thread.

import asyncio


async def serve(reader, writer):
    async for line in reader:           # until the client sends no more
        writer.write(line.upper())
        await writer.drain()            # wait while the client reads too slowly
    writer.close()
    await writer.wait_closed()


async def talk(port, *words):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = []
    for word in words:
        writer.write(word.encode() + b"\n")
        answers.append((await reader.readline()).decode().rstrip())
    writer.close()
    await writer.wait_closed()
    return answers


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        print(await talk(port, "hello", "world"))
        print(await asyncio.gather(talk(port, "one"), talk(port, "two")))


asyncio.run(main())
