# A StreamReader fed by hand: lines, separators, exact numbers of bytes, limits, the end.
import asyncio


async def main():
    reader = asyncio.StreamReader(limit=16)
    print(reader)
    reader.feed_data(b"first line\nsecond line\nrest")
    print(reader, await reader.readline(), await reader.read(3), await reader.readexactly(4))
    print(await reader.readuntil(b"e"), await reader.readuntil((b"st", b"\n")))

    waiting = asyncio.create_task(reader.readline())
    await asyncio.sleep(0)
    print(str(reader).partition(" waiter=")[0])
    try:
        await reader.read()
    except RuntimeError as error:
        print("RuntimeError:", error)
    reader.feed_data(b"in ")
    await asyncio.sleep(0)
    reader.feed_data(b"pieces\n")
    print(await waiting)

    reader.feed_data(b"this line is much too long\nshort\n")
    try:
        await reader.readuntil()
    except asyncio.LimitOverrunError as error:
        print(error, error.consumed)
    try:
        await reader.readline()
    except ValueError as error:
        print("ValueError:", error)
    print(await reader.readline())
    reader.feed_data(b"no separator in all of this")
    try:
        await reader.readuntil(b"\n")
    except asyncio.LimitOverrunError as error:
        print(error, error.consumed, await reader.readexactly(error.consumed))

    reader.feed_data(b"ab")
    reader.feed_eof()
    print(reader.at_eof(), reader)
    try:
        await reader.readexactly(5)
    except asyncio.IncompleteReadError as error:
        print(error, error.partial, error.expected)
    print(reader.at_eof(), await reader.read(), await reader.readline(), await reader.read(5))
    try:
        await reader.readuntil(b"x")
    except asyncio.IncompleteReadError as error:
        print(error)

    lines = asyncio.StreamReader()
    lines.feed_data(b"one\ntwo\nthree")
    lines.feed_eof()
    print([line async for line in lines])

    broken = asyncio.StreamReader()
    waiting = asyncio.create_task(broken.readline())
    await asyncio.sleep(0)
    broken.set_exception(ConnectionResetError("gone"))
    print(await asyncio.gather(waiting, broken.read(), return_exceptions=True), repr(broken.exception()))

    for misuse in (lambda: asyncio.StreamReader(limit=0), lambda: lines.readexactly(-1), lambda: lines.readuntil(b""),
                   lambda: lines.readuntil(())):
        try:
            await misuse()
        except ValueError as error:
            print("ValueError:", error)


asyncio.run(main())
