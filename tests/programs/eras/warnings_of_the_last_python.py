# oracle: 3.10
# With no version asked for, warnings are those of the last Python that had all that the program names: coroutines
# could be given to asyncio.wait() up to 3.10, which did not warn of a loop that was made on demand.
import asyncio
import threading
import warnings

warnings.simplefilter('always')
shown = []
warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: shown.append(
    (category.__name__, lineno, str(message)))


async def job(n):
    await asyncio.sleep(0)
    return n


loop = asyncio.get_event_loop()
print(threading.currentThread().name)
done, pending = loop.run_until_complete(asyncio.wait([job(1), job(2)]))
print(sorted(task.result() for task in done), pending)
loop.close()
for item in shown:
    if 'asyncio.wait' not in item[2]:
        print(*item)
