# Counting, signalling, meeting.
import re
import threading
import time


def shown(thing):
    return re.sub(' at 0x[0-9a-f]+', '', repr(thing))


semaphore = threading.BoundedSemaphore(2)
lock = threading.Lock()
inside = most = 0


def work():
    global inside, most
    with semaphore:
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.002)
        with lock:
            inside -= 1


threads = [threading.Thread(target=work) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(most, shown(semaphore))
counting = threading.Semaphore(0)
counting.release(3)
print(shown(counting), counting.acquire(), counting.acquire(blocking=False), counting.acquire(timeout=0.001),
      counting.acquire(False), shown(counting))

event = threading.Event()
seen = []
threads = [threading.Thread(target=lambda: seen.append(event.wait())) for _ in range(3)]
for thread in threads:
    thread.start()
print(shown(event), event.is_set(), event.wait(0.001), seen)
event.set()
for thread in threads:
    thread.join()
print(shown(event), seen, event.wait(), event.wait(0))
event.clear()
print(event.is_set())

rounds = []
barrier = threading.Barrier(3, action=lambda: rounds.append('together'))
places = []


def meet():
    for _ in range(2):
        places.append(barrier.wait())


threads = [threading.Thread(target=meet) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(rounds, sorted(places), shown(barrier), barrier.parties, barrier.n_waiting, barrier.broken)
broken = []


def late():
    try:
        barrier.wait()
    except threading.BrokenBarrierError as error:
        broken.append(repr(error))


threads = [threading.Thread(target=late) for _ in range(2)]
for thread in threads:
    thread.start()
print(barrier.n_waiting, shown(barrier))
barrier.abort()
for thread in threads:
    thread.join()
print(broken, shown(barrier), barrier.broken)
barrier.reset()
print(shown(barrier))
try:
    barrier.wait(0.001)
except threading.BrokenBarrierError:
    print('broken by time', barrier.broken)

called = []
timer = threading.Timer(0.005, called.append, ['called'])
print(timer.interval, timer.args, timer.kwargs)
timer.start()
cancelled = threading.Timer(0.005, called.append, ['not called'])
cancelled.start()
cancelled.cancel()
timer.join()
cancelled.join()
print(called)
