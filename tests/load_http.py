#!/usr/bin/env python3
"""Put load and ill-treatment on a web server that runs under Coil.

    load_http.py --interpreter target/release/coil [--requests 20000] [--connections 100] [--drops 10000]

The server is an aiohttp application (Coil's own aiohttp). This client speaks HTTP by hand over asyncio, so that it depends on
nothing that it tests:

    1. many keep-alive requests over many connections at once: no answer may be wrong, and memory may not grow with their number
    2. what is no HTTP: answered 400, or the connection ends
    3. clients that send slowly, stop in the middle, or reset the connection
    4. connections that are opened and dropped

After each the server must answer as before. The exit status is 0 only if all of that holds.
"""
import argparse
import asyncio
import os
import pathlib
import random
import shlex
import socket
import struct
import subprocess
import sys
import tempfile
import time

SERVER = '''
import asyncio, sys
from aiohttp import web

async def hello(request):
    return web.Response(text="hello " + request.match_info["name"])

async def echo(request):
    return web.Response(body=await request.read())

app = web.Application()
app.router.add_get("/hello/{name}", hello)
app.router.add_post("/echo", echo)
web.run_app(app, host="127.0.0.1", port=0, print=lambda text: print(text, flush=True), access_log=None)
'''


def memory(pid):
    """Resident memory in KiB."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])


async def answer(reader):
    """Status and body of a response."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(None, 2)[1])
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return status, await reader.readexactly(length)


async def keep_alive(port, number, count, errors):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for index in range(count):
            if index % 5 == 4:
                body = os.urandom(random.randrange(2000))
                writer.write(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
                wanted = body
            else:
                writer.write(b"GET /hello/%d-%d HTTP/1.1\r\nHost: x\r\n\r\n" % (number, index))
                wanted = b"hello %d-%d" % (number, index)
            status, got = await asyncio.wait_for(answer(reader), 60)
            if status != 200 or got != wanted:
                errors.append((number, index, status))
    except Exception as error:
        errors.append((number, repr(error)))
    finally:
        writer.close()


async def load(port, connections, requests):
    errors = []
    each = requests // connections
    await asyncio.gather(*(keep_alive(port, number, each, errors) for number in range(connections)))
    return errors


async def still_serves(port):
    errors = []
    await asyncio.wait_for(keep_alive(port, 0, 10, errors), 30)
    return not errors


MALFORMED = [
    b"GARBAGE\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"\0" * 100,
    b"GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
    b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    b"POST /echo HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    b"POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"".join(b"H%d: x\r\n" % n for n in range(5000)) + b"\r\n",
    b"GET / HTTP/1.1\r\nBad Header\r\n\r\n",
]


async def malformed(port):
    bad = []
    for data in MALFORMED:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(data)
            got = await asyncio.wait_for(reader.read(64), 10)
            if got and b" 400 " not in got.split(b"\r\n")[0]:
                bad.append((data[:30], got))
        except ConnectionError:
            pass
        except asyncio.TimeoutError:
            bad.append((data[:30], "no answer"))
        finally:
            writer.close()
    return bad


def reset(port, data):
    """Sends something and ends the connection with a reset."""
    sock = socket.create_connection(("127.0.0.1", port))
    sock.sendall(data)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


async def slow(port):
    """Sends a request byte by byte while others are served."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for byte in b"GET /hello/slow HTTP/1.1\r\nHost: x\r\n\r\n":
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.005)
    status, body = await asyncio.wait_for(answer(reader), 10)
    writer.close()
    return status == 200 and body == b"hello slow"


async def drops(port, count):
    for _ in range(count):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interpreter", required=True, metavar="CMD")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--connections", type=int, default=100)
    parser.add_argument("--drops", type=int, default=10_000)
    args = parser.parse_args()
    failed = []

    def report(what, good, more=""):
        print(f"{'ok  ' if good else 'FAIL'} {what}{f': {more}' if more else ''}", flush=True)
        if not good:
            failed.append(what)

    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder, "server.py")
        program.write_text(SERVER)
        server = subprocess.Popen([*shlex.split(args.interpreter), str(program)], stdout=subprocess.PIPE, text=True)
        try:
            line = server.stdout.readline()
            port = int(line.split("127.0.0.1:")[1].split()[0].strip("/"))
            asyncio.run(load(port, args.connections, args.requests // 4))
            before = memory(server.pid)
            start = time.perf_counter()
            errors = asyncio.run(load(port, args.connections, args.requests))
            seconds = time.perf_counter() - start
            after = memory(server.pid)
            report(f"{args.requests} requests over {args.connections} connections", not errors,
                   f"{args.requests / seconds:.0f} a second {errors[:3] or ''}")
            report("memory", after < before * 1.15 + 2048, f"{before} KiB, then {after} KiB")
            bad = asyncio.run(malformed(port))
            report("malformed requests", not bad and asyncio.run(still_serves(port)), str(bad or ""))
            for data in (b"", b"GET / HT", b"POST /echo HTTP/1.1\r\nContent-Length: 1000\r\n\r\nabc",
                         b"GET /hello/x HTTP/1.1\r\n\r\n" * 50):
                for _ in range(20):
                    reset(port, data)
            report("resets", asyncio.run(still_serves(port)))
            report("slow senders", asyncio.run(slow(port)))
            asyncio.run(drops(port, args.drops))
            report(f"{args.drops} dropped connections", asyncio.run(still_serves(port)))
            settled = memory(server.pid)
            report("memory after all", settled < after * 1.25 + 4096, f"{settled} KiB")
            report("the server runs", server.poll() is None)
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
