# python: 3.8
import asyncio


@asyncio.coroutine  # the old way
def greet(name):
	print("hello", name)  # a tab
	yield from asyncio.sleep(0.01)
	yield
	result = yield from (first(name) or second(name))
	return (yield from asyncio.sleep(0, result))


@asyncio.coroutine
def first(name):
    yield from asyncio.sleep(0)
    return name.upper()


class Greeter:
    @asyncio.coroutine
    def run(self):
        value = yield from greet("a")
        print(value)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(Greeter().run())
loop.close()


def second(name): return first(name)
