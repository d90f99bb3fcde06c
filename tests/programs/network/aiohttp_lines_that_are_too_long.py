# needs: aiohttp
"""A line or a header of a request that is longer than 8190 bytes is refused; the server goes on."""
import asyncio

from aiohttp import web


async def hello(request):
    return web.Response(text=str(len(request.path)))


async def ask(port, data):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)
    status = await reader.readline()
    await reader.read()
    writer.close()
    return status


async def main():
    app = web.Application()
    app.router.add_get("/{tail:.*}", hello)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    end = b"Host: x\r\nConnection: close\r\n\r\n"
    for length in (8000, 9000):
        print(length, await ask(port, b"GET /" + b"a" * length + b" HTTP/1.1\r\n" + end))
        print(length, await ask(port, b"GET / HTTP/1.1\r\nX-Long: " + b"b" * length + b"\r\n" + end))
    print(await ask(port, b"GET / HTTP/1.1\r\n" + end))
    await runner.cleanup()


asyncio.run(main())
