import asyncio


async def sizes(names):
    total = 0
    for name in names:
        with open(name) as file:
            total += len(file.read())
    with open("all.txt", "w") as file:
        file.write(str(total))


def read(name):
    for _ in range(2):
        open(name).close()


asyncio.run(sizes([]))
