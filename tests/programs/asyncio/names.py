# Everything public is there, at the place where CPython has it.
import asyncio

print(len(asyncio.__all__), all(hasattr(asyncio, name) for name in asyncio.__all__))
print(set(asyncio.__all__) <= set(dir(asyncio)))
for name in asyncio.__all__:
    if name == "all_tasks":
        # Native here, as current_task is everywhere.
        continue
    value = getattr(asyncio, name)
    print(name, getattr(value, "__module__", ""))
for module in ("base_events", "events", "exceptions", "locks", "queues", "selector_events", "sslproto", "streams",
               "subprocess", "tasks", "transports", "trsock", "unix_events"):
    print(getattr(asyncio, module).__name__)
namespace = {}
exec("from asyncio import *", namespace)
print(len(namespace) - 1)
try:
    asyncio.nothing
except AttributeError as error:
    print(error)
