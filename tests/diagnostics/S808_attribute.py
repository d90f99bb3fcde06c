import queue
queue.from = 1
