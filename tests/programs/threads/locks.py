# A lock lets one thread in at a time; the others wait in line, and a wait may end without the lock.
import threading
import time

inside = 0
most = 0
order = []
lock = threading.Lock()


def enter(name):
    global inside, most
    for _ in range(3):
        with lock:
            inside += 1
            most = max(most, inside)
            time.sleep(0.001)
            inside -= 1
    order.append(name)


threads = [threading.Thread(target=enter, args=(name,)) for name in 'abc']
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(most, sorted(order))

# Whoever holds the lock need not be the one who frees it.
lock.acquire()
threading.Timer(0.01, lock.release).start()
begin = time.monotonic()
print(lock.acquire(timeout=5), time.monotonic() - begin < 2)
begin = time.monotonic()
print(lock.acquire(timeout=0.02), time.monotonic() - begin >= 0.02)
lock.release()
print(repr(lock).split(" at ")[0])

# A reentrant lock counts.
rlock = threading.RLock()


def recurse(depth):
    with rlock:
        return depth if depth == 5 else recurse(depth + 1)


print(recurse(0))
taken = []
with rlock:
    with rlock:
        thread = threading.Thread(target=lambda: taken.append(rlock.acquire(blocking=False)))
        thread.start()
        thread.join()
print(taken)
try:
    with lock:
        raise KeyError('out of the block')
except KeyError as error:
    print(error, lock.locked())
