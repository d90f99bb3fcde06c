# The errors of threads, locks, conditions and their like that are used wrongly.
import threading


def attempt(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except Exception as error:
        print(f'{type(error).__name__}: {error}')


thread = threading.Thread(target=print)
attempt(thread.join)
thread.start()
thread.join()
attempt(thread.start)
thread = threading.Thread(target=attempt, args=[lambda: threading.current_thread().join()])
thread.start()
thread.join()
running = threading.Event()
thread = threading.Thread(target=running.wait)
thread.start()
attempt(setattr, thread, 'daemon', True)
running.set()
thread.join()
attempt(threading.Thread, 'group')


class Forgetful(threading.Thread):
    def __init__(self):
        pass


attempt(Forgetful().start)
attempt(Forgetful().join)
attempt(Forgetful().is_alive)
attempt(lambda: Forgetful().name)

lock = threading.Lock()
attempt(lock.release)
attempt(lock.acquire, False, 1)
attempt(lock.acquire, True, -5)
attempt(lock.acquire, True, 1e20)
attempt(lock.acquire, True, 'long')
attempt(lock.acquire)
attempt(lock.acquire, False)
attempt(lock.acquire, timeout=0.001)
attempt(lock.locked)
rlock = threading.RLock()
attempt(rlock.release)
attempt(rlock.acquire)
attempt(rlock.acquire, False)
attempt(rlock._recursion_count)
thread = threading.Thread(target=attempt, args=[rlock.release])
thread.start()
thread.join()

condition = threading.Condition()
attempt(condition.wait)
attempt(condition.notify)
attempt(condition.notify_all)
attempt(threading.Semaphore, -1)
semaphore = threading.Semaphore(1)
attempt(semaphore.acquire, False, 1)
attempt(semaphore.release, 0)
attempt(semaphore.acquire)
attempt(semaphore.acquire, timeout=0.001)
attempt(threading.BoundedSemaphore(1).release)
attempt(threading.Barrier, 0)
attempt(threading.Barrier(2).wait, 0.001)
attempt(threading.local, 1)
attempt(threading.stack_size, 5)
attempt(threading.stack_size, -1)
try:
    class Derived(threading.Lock):
        pass
except TypeError as error:
    print(error)
