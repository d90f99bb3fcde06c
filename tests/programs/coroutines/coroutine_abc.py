from collections.abc import Awaitable, Coroutine, Iterable
import inspect

async def f():
    pass

class A:
    def __await__(self):
        yield

c = f()
print(isinstance(c, Coroutine), isinstance(c, Awaitable), isinstance(c, Iterable))
print(isinstance(A(), Awaitable), isinstance(A(), Coroutine), isinstance(5, Awaitable))
print(inspect.iscoroutine(c), inspect.isawaitable(A()), inspect.iscoroutinefunction(f))
print(inspect.getcoroutinestate(c))
c.close()
print(inspect.getcoroutinestate(c))
