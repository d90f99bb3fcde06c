# Servers: start later, serve for ever, close, close the clients.
import asyncio
import re


class Hold(asyncio.Protocol):
    """Keeps its connection open."""

    open = []

    def connection_made(self, transport):
        self.transport = transport
        self.open.append(self)
        transport.write(b"hello")

    def connection_lost(self, exc):
        print("lost:", exc)
        self.open.remove(self)


async def connected(port, count):
    pairs = [await asyncio.open_connection("127.0.0.1", port) for _ in range(count)]
    for reader, _ in pairs:
        print(await reader.read(100))
    return pairs


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Hold, "127.0.0.1", 0, start_serving=False)
    print(server.is_serving(), server.get_loop() is loop)
    await server.start_serving()
    port = server.sockets[0].getsockname()[1]
    print(server.is_serving(), re.sub(r"fd=\d+|\d{4,}", "...", repr(server)))
    forever = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(0)
    try:
        await server.serve_forever()
    except RuntimeError as error:
        print("RuntimeError:", str(error)[-30:])
    pairs = await connected(port, 2)
    forever.cancel()
    await asyncio.sleep(0)
    # Closed, and waiting for its connections.
    print(server.is_serving(), forever.done(), len(Hold.open))
    server.close_clients()
    print(await asyncio.gather(forever, return_exceptions=True))
    for reader, writer in pairs:
        print(await reader.read(), reader.at_eof())
        writer.close()
    try:
        await server.serve_forever()
    except RuntimeError as error:
        print("RuntimeError:", error)

    server = await loop.create_server(Hold, "127.0.0.1", 0)
    pairs = await connected(server.sockets[0].getsockname()[1], 1)
    waiting = asyncio.create_task(server.wait_closed())
    server.close()
    await asyncio.sleep(0)
    print(waiting.done())
    server.abort_clients()
    await waiting
    for _, writer in pairs:
        writer.close()

    for arguments in ({}, {"host": "127.0.0.1", "port": 0, "sock": object()}, {"host": "x", "ssl": True},
                      {"host": "x", "ssl_handshake_timeout": 1}):
        try:
            await loop.create_server(Hold, **arguments)
        except (TypeError, ValueError, AttributeError) as error:
            print(type(error).__name__, error)
    for arguments in ({}, {"host": "x", "server_hostname": "y"}, {"ssl": True}, {"host": "x", "ssl_shutdown_timeout": 1}):
        try:
            await loop.create_connection(Hold, **arguments)
        except ValueError as error:
            print("ValueError:", error)


asyncio.run(main())
