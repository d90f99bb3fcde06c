import inspect
import types


@types.coroutine
def pause(value):
    got = yield value
    return got


async def main():
    return await pause("please")


coro = main()
print(coro.send(None))
try:
    coro.send("thanks")
except StopIteration as stop:
    print(stop.value)
print(bool(pause.__code__.co_flags & inspect.CO_ITERABLE_COROUTINE), inspect.isawaitable(pause(1)))


class Like:
    def __init__(self):
        self.items = iter([1])

    def send(self, value):
        return next(self.items)

    def throw(self, *args):
        raise args[0]

    def close(self):
        pass

    def __iter__(self):
        return self

    def __next__(self):
        return self.send(None)


@types.coroutine
def disguised():
    return Like()


async def use():
    await disguised()


coro = use()
print(coro.send(None))
try:
    coro.send(None)
except StopIteration as stop:
    print("done", stop.value)
try:
    types.coroutine(3)
except TypeError as error:
    print(error)
cls = types.new_class("Made", (dict,), {}, lambda ns: ns.update(x=1))
print(cls.x, cls.__mro__[1:], types.resolve_bases((list[int],)), types.SimpleNamespace(a=1))
