"""Two threads and two queues: every item is a switch."""
import queue
import threading

there, back = queue.SimpleQueue(), queue.SimpleQueue()

def echo():
    while (item := there.get()) is not None:
        back.put(item)

thread = threading.Thread(target=echo)
thread.start()
total = 0
for i in range(150_000):
    there.put(i)
    total += back.get()
there.put(None)
thread.join()
print(total)
