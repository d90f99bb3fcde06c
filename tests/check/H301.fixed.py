# python: 3.8
import asyncio


# the old way
async def greet(name):
	print("hello", name)  # a tab
	await asyncio.sleep(0.01)
	await asyncio.sleep(0)
	result = await (first(name) or second(name))
	return (await asyncio.sleep(0, result))


async def first(name):
    await asyncio.sleep(0)
    return name.upper()


class Greeter:
    async def run(self):
        value = await greet("a")
        print(value)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(Greeter().run())
loop.close()


def second(name): return first(name)
