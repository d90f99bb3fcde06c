# Child processes: pipes, ends, signals, limits.
import asyncio
import signal
from asyncio.subprocess import DEVNULL, PIPE, STDOUT


async def main():
    process = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    print(process.returncode, process.stderr, type(process))
    print(await process.communicate(b"through the pipe"), process.returncode)

    process = await asyncio.create_subprocess_shell("echo out; echo err >&2; exit 3", stdout=PIPE, stderr=PIPE)
    print(await process.communicate(), process.returncode)
    process = await asyncio.create_subprocess_shell("echo out; echo err >&2", stdout=PIPE, stderr=STDOUT)
    print(await process.stdout.readline(), await process.stdout.read(), await process.wait())

    process = await asyncio.create_subprocess_exec("sort", stdin=PIPE, stdout=PIPE)
    for line in (b"b\n", b"c\n", b"a\n"):
        process.stdin.write(line)
        await process.stdin.drain()
    process.stdin.close()
    print([line async for line in process.stdout], await process.wait())

    process = await asyncio.create_subprocess_exec("sleep", "100", stdin=DEVNULL)
    process.terminate()
    print(await process.wait(), -signal.SIGTERM)
    process = await asyncio.create_subprocess_exec("sleep", "100")
    try:
        await asyncio.wait_for(process.wait(), 0.01)
    except TimeoutError:
        process.kill()
    print(await process.wait())

    big = b"x" * 300000
    process = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    output, _ = await process.communicate(big)
    print(output == big)
    processes = [await asyncio.create_subprocess_shell(f"exit {code}") for code in range(3)]
    print(await asyncio.gather(*(process.wait() for process in processes)))

    try:
        await asyncio.create_subprocess_exec("no-such-program")
    except FileNotFoundError as error:
        print(error)
    for options in ({"text": True}, {"bufsize": 1}, {"encoding": "utf-8"}, {"universal_newlines": True}):
        try:
            await asyncio.create_subprocess_shell("true", **options)
        except ValueError as error:
            print("ValueError:", error)


asyncio.run(main())
