"""A web server of a dozen lines, and what it says to five clients that ask at once."""
import asyncio
import time


async def serve(reader, writer):
    request = await reader.readline()
    while await reader.readline() != b"\r\n":
        pass                                    # the headers
    path = request.split()[1].decode()
    await asyncio.sleep(0.1)                    # a database, say
    body = f"<h1>{path}</h1>".encode()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
    await writer.drain()
    writer.close()


async def ask(port, path):
    start = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.split(b"\r\n")[0].decode(), body.decode(), time.perf_counter() - start


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    start = time.perf_counter()
    answers = await asyncio.gather(*(ask(port, f"/page/{number}") for number in range(5)))
    spent = time.perf_counter() - start
    for status, body, _ in answers:
        print(status, body)
    print("one after the other they would take longer:", sum(waited for _, _, waited in answers) > spent)
    server.close()


asyncio.run(main())
