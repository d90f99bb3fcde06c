# The main thread waits for a lock, an event, a thread, an item; a signal handler, which runs in it, brings that about.
import os
import queue
import signal
import threading
import time


def soon():
    """Have the signal come while the main thread waits."""
    def send():
        time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGUSR1)

    threading.Thread(target=send, daemon=True).start()


def on_signal(action):
    signal.signal(signal.SIGUSR1, lambda number, frame: (print("handler"), action()))
    soon()


event = threading.Event()
on_signal(event.set)
print(event.wait())

lock = threading.Lock()
lock.acquire()
on_signal(lock.release)
print(lock.acquire())

with_limit = threading.Event()
on_signal(with_limit.set)
print(with_limit.wait(10))

go = threading.Event()
worker = threading.Thread(target=go.wait)
worker.start()
on_signal(go.set)
worker.join()
print("joined")

for kind in queue.Queue, queue.SimpleQueue:
    waiting = kind()
    # A queue's own lock is held only for a moment, but a handler may come in that moment: SimpleQueue is made for it.
    on_signal(lambda: threading.Thread(target=waiting.put, args=("item",)).start())
    print(waiting.get())

# A handler that changes nothing: the wait goes on.
lock = threading.Lock()
lock.acquire()
threading.Timer(0.06, lock.release).start()
on_signal(lambda: None)
print(lock.acquire())
