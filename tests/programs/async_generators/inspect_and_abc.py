import inspect
from collections.abc import AsyncGenerator, AsyncIterator, AsyncIterable

async def agen():
    yield 1

a = agen()
print(inspect.isasyncgen(a), inspect.isasyncgenfunction(agen), inspect.iscoroutinefunction(agen))
print(isinstance(a, AsyncGenerator), isinstance(a, AsyncIterator), isinstance(a, AsyncIterable))
print(aiter(a) is a, hasattr(a, "__await__"), hasattr(a, "__next__"))
print(inspect.getasyncgenstate(a))
