# Queues between threads: order, limits, timeouts, counting of tasks, shutting down.
import queue
import threading
import time


def attempt(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except Exception as error:
        print(f'{type(error).__module__}.{type(error).__name__}: {error}')


tasks = queue.Queue(2)
done = []


def work():
    while True:
        task = tasks.get()
        if task is None:
            tasks.task_done()
            return
        time.sleep(0.001)
        done.append(task)
        tasks.task_done()


threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for number in range(10):
    tasks.put(number)
tasks.join()
print(sorted(done), tasks.unfinished_tasks, tasks.empty(), tasks.qsize())
for _ in threads:
    tasks.put(None)
for thread in threads:
    thread.join()
attempt(tasks.task_done)

for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue):
    q = kind()
    for number in (3, 1, 2):
        q.put(number)
    print(kind.__name__, [q.get() for _ in range(3)], q.maxsize)

full = queue.Queue(1)
full.put('only')
attempt(full.put, 1, False)
attempt(full.put_nowait, 1)
attempt(full.put, 1, timeout=0.001)
attempt(full.put, 1, timeout=-1)
print(full.full(), full.empty())
attempt(full.get)
attempt(full.get, False)
attempt(full.get_nowait)
attempt(full.get, timeout=0.001)
attempt(full.get, timeout=-1)

# A blocked put and a blocked get end when the queue is shut down.
closing = queue.Queue(1)
closing.put('last')
outcomes = []


def put_more():
    try:
        closing.put('too much')
    except queue.ShutDown as error:
        outcomes.append(repr(error))


thread = threading.Thread(target=put_more)
thread.start()
time.sleep(0.005)
closing.shutdown()
thread.join()
print(outcomes)
attempt(closing.put, 1)
attempt(closing.get)
attempt(closing.get)
at_once = queue.Queue()
at_once.put(1)
at_once.shutdown(immediate=True)
attempt(at_once.get)
print(at_once.is_shutdown, at_once.unfinished_tasks)

simple = queue.SimpleQueue()
received = []
threads = [threading.Thread(target=lambda: received.append(simple.get())) for _ in range(3)]
for thread in threads:
    thread.start()
for number in range(3):
    simple.put(number)
for thread in threads:
    thread.join()
print(sorted(received), simple.empty(), simple.qsize())
attempt(simple.get, False)
attempt(simple.get, timeout=0.001)
attempt(simple.get, timeout=-1)
attempt(simple.get_nowait)
attempt(simple.put)
print(queue.Queue[int], queue.SimpleQueue[int], queue.Empty.__mro__[1].__name__)
