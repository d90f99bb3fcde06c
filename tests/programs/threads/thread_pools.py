# ThreadPoolExecutor: submit, map, names of threads, initialisers, shutting down.
import threading
import time
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from concurrent.futures.thread import BrokenThreadPool


def attempt(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except Exception as error:
        print(f'{type(error).__module__}.{type(error).__name__}: {error}')


def sleep_and_return(seconds, value):
    time.sleep(seconds)
    return value


with ThreadPoolExecutor(max_workers=3) as pool:
    one = pool.submit(pow, 2, 10)
    two = pool.submit(sleep_and_return, value='two', seconds=0.01)
    three = pool.submit(lambda: 1 / 0)
    print(one.result(), two.done(), two.result(), two.done())
    attempt(three.result)
    print(list(pool.map(str.upper, 'abc')), list(pool.map(pow, [2, 3], [3, 2])))
    # The results come in the order of the arguments, whatever the order of their ends.
    print(list(pool.map(sleep_and_return, [0.02, 0.01, 0], 'xyz')))
    attempt(list, pool.map(sleep_and_return, [0.2, 0], 'xy', timeout=0.01))
    numbers = pool.map(int, ['1', 'two', '3'])
    print(next(numbers))
    attempt(next, numbers)
    attempt(next, numbers, 'nothing more')
attempt(pool.submit, print)
attempt(ThreadPoolExecutor, 0)
attempt(ThreadPoolExecutor, initializer=5)

# Threads are started when they are needed, and used again when they are idle.
with ThreadPoolExecutor(4, thread_name_prefix='pool') as pool:
    names = [pool.submit(lambda: threading.current_thread().name).result() for _ in range(5)]
    print(names, len(pool._threads))
    names = sorted(pool.map(lambda number: (time.sleep(0.02), threading.current_thread().name)[1], range(4)))
    print(names)
with ThreadPoolExecutor(1) as pool:
    print(pool.submit(lambda: threading.current_thread().name.rstrip('0123456789')).result())

# Each thread is prepared.
local = threading.local()


def prepare(value):
    local.value = value


with ThreadPoolExecutor(2, initializer=prepare, initargs=('prepared',)) as pool:
    print({pool.submit(lambda: local.value).result() for _ in range(4)})

# What waits is cancelled on request; what runs is not.
started = threading.Event()
pool = ThreadPoolExecutor(1)
running = pool.submit(lambda: started.set() or time.sleep(0.01) or 'ran')
started.wait()
waiting = [pool.submit(print, 'not printed') for _ in range(3)]
print(running.running(), waiting[0].running(), running.cancel(), waiting[2].cancel())
pool.shutdown(wait=True, cancel_futures=True)
print(running.result(), [future.cancelled() for future in waiting])

# An exception keeps its traceback; a future can be waited for by many.
with ThreadPoolExecutor(5) as pool:
    source = pool.submit(sleep_and_return, 0.01, 'shared')
    print([future.result() for future in [pool.submit(source.result) for _ in range(3)]])

    def fail():
        raise LookupError('deep')

    error = pool.submit(fail).exception()
    names = []
    traceback = error.__traceback__
    while traceback:
        names.append(traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    print(repr(error), names)
print(issubclass(BrokenThreadPool, BrokenExecutor), BrokenThreadPool.__mro__[2])

# A pool that nobody shuts down ends with the program.
left = ThreadPoolExecutor(2)
left.submit(time.sleep, 0.01).add_done_callback(lambda future: print('done at the end', future.result()))
