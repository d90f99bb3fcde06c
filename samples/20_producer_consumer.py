# A pipeline of threads: a producer, two workers, a collector; queues between them carry the work and say "no more".
import queue
import threading

numbers = queue.Queue(maxsize=2)
squares = queue.SimpleQueue()
END = object()


def produce():
    for number in range(8):
        numbers.put(number)
    for _ in workers:
        numbers.put(END)


def work():
    while (number := numbers.get()) is not END:
        squares.put((number, number ** 2))
    squares.put(END)


workers = [threading.Thread(target=work) for _ in range(2)]
for thread in [threading.Thread(target=produce), *workers]:
    thread.start()
left, found = len(workers), {}
while left:
    item = squares.get()
    if item is END:
        left -= 1
    else:
        found[item[0]] = item[1]
for number in sorted(found):
    print(number, found[number])
