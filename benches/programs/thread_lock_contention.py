"""Four threads that count under one lock."""
import threading

lock = threading.Lock()
count = 0

def add():
    global count
    for _ in range(500_000):
        with lock:
            count += 1

threads = [threading.Thread(target=add) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(count)
