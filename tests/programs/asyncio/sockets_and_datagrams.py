# sock_* methods, add_reader and add_writer, datagram endpoints, protocols with a buffer of their own.
import asyncio
import socket


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self):
        self.received = asyncio.Queue()

    def connection_made(self, transport):
        print("made", type(transport).__mro__[2].__name__)

    def datagram_received(self, data, addr):
        self.received.put_nowait((data, addr[0]))

    def connection_lost(self, exc):
        print("lost", exc)


class Buffered(asyncio.BufferedProtocol):
    def __init__(self):
        self.buffer = bytearray(4)
        self.data = b""
        self.ended = asyncio.get_running_loop().create_future()

    def get_buffer(self, sizehint):
        return self.buffer

    def buffer_updated(self, nbytes):
        self.data += bytes(self.buffer[:nbytes])

    def eof_received(self):
        self.ended.set_result(self.data)


async def main():
    loop = asyncio.get_running_loop()
    listener = socket.socket()
    listener.setblocking(False)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    client = socket.socket()
    client.setblocking(False)
    accepting = asyncio.create_task(loop.sock_accept(listener))
    await loop.sock_connect(client, listener.getsockname())
    server, address = await accepting
    print(address == client.getsockname(), server.gettimeout())
    receiving = asyncio.create_task(loop.sock_recv(server, 100))
    await asyncio.sleep(0)
    await loop.sock_sendall(client, b"hello")
    print(await receiving)
    big = bytes(range(256)) * 4096

    async def receive_all(count):
        buffer, received = bytearray(65536), b""
        while len(received) < count:
            size = await loop.sock_recv_into(client, buffer)
            received += buffer[:size]
        return received

    _, received = await asyncio.gather(loop.sock_sendall(server, big), receive_all(len(big)))
    print(received == big)
    receiving = asyncio.create_task(loop.sock_recv(server, 100))
    await asyncio.sleep(0)
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)
    print(loop.remove_reader(server))

    ready = loop.create_future()
    loop.add_writer(client, ready.set_result, "writable")
    print(await ready, loop.remove_writer(client), loop.remove_writer(client))
    calls = asyncio.Queue()
    loop.add_reader(server.fileno(), lambda: calls.put_nowait(server.recv(2)))
    client.sendall(b"abcd")
    print(await calls.get(), await calls.get(), loop.remove_reader(server.fileno()))
    client.close()
    print(await loop.sock_recv(server, 100))
    server.close()
    listener.close()

    one, first = await loop.create_datagram_endpoint(Datagrams, local_addr=("127.0.0.1", 0))
    other, second = await loop.create_datagram_endpoint(Datagrams, remote_addr=one.get_extra_info("sockname"))
    other.sendto(b"question")
    print(await first.received.get())
    one.sendto(b"answer", other.get_extra_info("sockname"))
    print(await second.received.get())
    for misuse in (lambda: other.sendto("text"), lambda: other.sendto(b"x", ("127.0.0.1", 1))):
        try:
            misuse()
        except (TypeError, ValueError) as error:
            print(type(error).__name__, str(error).partition("(")[0])
    one.close()
    other.abort()
    await asyncio.sleep(0)
    for arguments in ({}, {"local_addr": "x"}):
        try:
            await loop.create_datagram_endpoint(Datagrams, **arguments)
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)

    left, right = socket.socketpair()
    transport, protocol = await loop.connect_accepted_socket(Buffered, left)
    right.sendall(b"more than four bytes")
    right.shutdown(socket.SHUT_WR)
    print(await protocol.ended)
    try:
        loop.add_reader(left, print)
    except RuntimeError as error:
        print("RuntimeError:", str(error)[:16], transport.is_closing())
    transport.close()
    right.close()


asyncio.run(main())
