# Below the streams: a protocol is told what happens to its connection. What
# `await` writes as one line is a callback for each event here.

import asyncio


class Counter(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.received = 0

    def data_received(self, data):
        self.received += len(data)

    def eof_received(self):
        self.transport.write(f"{self.received} bytes".encode())

    def connection_lost(self, exc):
        print("server: connection lost,", exc)


class Client(asyncio.Protocol):
    def __init__(self):
        self.answer = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        transport.write(b"x" * 100_000)
        transport.write_eof()

    def data_received(self, data):
        self.answer.set_result(data)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Counter, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    transport, client = await loop.create_connection(Client, *address)
    print("client:", (await client.answer).decode())
    transport.close()
    server.close()
    await server.wait_closed()


asyncio.run(main())
