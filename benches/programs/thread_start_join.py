"""Threads that do nothing, one after the other."""
import threading

for _ in range(20_000):
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
print(threading.active_count())
