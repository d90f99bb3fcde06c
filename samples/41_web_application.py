# needs: aiohttp
"""An application with aiohttp, a client for it, and a conversation over a WebSocket."""
import asyncio

import aiohttp
from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/hello/{name}")
async def hello(request):
    return web.Response(text=f"hello, {request.match_info['name']}")


@routes.post("/sum")
async def total(request):
    numbers = await request.json()
    return web.json_response({"sum": sum(numbers)})


@routes.get("/talk")
async def talk(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for message in socket:
        await socket.send_str(message.data[::-1])
    return socket


@web.middleware
async def count(request, handler):
    request.app["count"].append(request.path)
    return await handler(request)


async def main():
    app = web.Application(middlewares=[count])
    app["count"] = []
    app.add_routes(routes)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = "http://127.0.0.1:%d" % runner.addresses[0][1]

    async with aiohttp.ClientSession() as session:
        async with session.get(base + "/hello/协程") as response:
            print(response.status, await response.text())
        async with session.post(base + "/sum", json=[1, 2, 3]) as response:
            print(await response.json())
        async with session.get(base + "/nowhere") as response:
            print(response.status, response.reason)
        async with session.ws_connect(base + "/talk") as socket:
            for word in ("stressed", "drawer"):
                await socket.send_str(word)
                print(await socket.receive_str())
    print(app["count"])
    await runner.cleanup()


asyncio.run(main())
