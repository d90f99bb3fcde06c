# oracle: 3.6
# asyncio.async: a name that became a word of the language.
import asyncio
import warnings

warnings.simplefilter("ignore")


async def child():
    return "child"


loop = asyncio.get_event_loop()
task = getattr(asyncio, "async")(child())
print(isinstance(task, asyncio.Task), loop.run_until_complete(task))
