# Streams: a server that answers line by line, several clients at once, half closed connections.
import asyncio


async def serve(reader, writer):
    async for line in reader:
        writer.write(line.upper())
        await writer.drain()
    writer.write(b"bye\n")
    writer.close()
    await writer.wait_closed()


async def talk(port, *lines):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = []
    for line in lines:
        writer.write(line)
        answers.append(await reader.readline())
    print(writer.can_write_eof(), writer.is_closing(), writer.get_extra_info("nothing", "default"),
          writer.get_extra_info("peername") == ("127.0.0.1", port))
    writer.write_eof()
    answers.append(await reader.read())
    writer.close()
    await writer.wait_closed()
    return answers


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.is_serving(), len(server.sockets), type(server))
    port = server.sockets[0].getsockname()[1]
    async with server:
        print(*await asyncio.gather(talk(port, b"a\n", b"b\n"), talk(port), talk(port, b"c\n")), sep="\n")
    print(server.is_serving(), server.sockets, server)

    try:
        await asyncio.open_connection("127.0.0.1", port)
    except OSError as error:
        print(type(error).__name__, error.args[1].replace(str(port), "PORT"))

    # More than the buffers take: drain waits for the reader.
    async def send_much(reader, writer):
        for _ in range(64):
            writer.write(b"x" * 65536)
            await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(send_much, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        total = 0
        while data := await reader.read(50000):
            total += len(data)
        print(total)
        writer.close()
        await writer.wait_closed()


asyncio.run(main())
