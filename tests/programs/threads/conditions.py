# Producers and consumers with a condition; wait_for; notify wakes as many as it says.
import threading

buffer = []
consumed = []
condition = threading.Condition()


def produce(first):
    for number in range(first, first + 5):
        with condition:
            while len(buffer) >= 2:
                condition.wait()
            buffer.append(number)
            condition.notify_all()


def consume():
    while True:
        with condition:
            condition.wait_for(lambda: buffer)
            number = buffer.pop(0)
            condition.notify_all()
        if number is None:
            return
        consumed.append(number)


consumers = [threading.Thread(target=consume) for _ in range(2)]
producers = [threading.Thread(target=produce, args=(first,)) for first in (0, 100, 200)]
for thread in consumers + producers:
    thread.start()
for thread in producers:
    thread.join()
for _ in consumers:
    with condition:
        condition.wait_for(lambda: len(buffer) < 2)
        buffer.append(None)
        condition.notify_all()
for thread in consumers:
    thread.join()
print(sorted(consumed))

# notify(n)
awake = []
ready = threading.Semaphore(0)
bell = threading.Condition(threading.Lock())


def sleep(name):
    with bell:
        ready.release()
        bell.wait()
        awake.append(name)
        ready.release()


sleepers = [threading.Thread(target=sleep, args=(number,)) for number in range(5)]
for thread in sleepers:
    thread.start()
    ready.acquire()
with bell:
    bell.notify(2)
ready.acquire()
ready.acquire()
print(sorted(awake))
with bell:
    print(repr(bell).endswith(', 3)>'))
    bell.notify_all()
for thread in sleepers:
    thread.join()
print(sorted(awake))
with condition:
    print(condition.wait(0.001), condition.wait_for(lambda: 0, 0.001), condition.wait_for(lambda: 'yes', 0.001))
    # A reentrant lock that is held twice is given up wholly while waiting.
    with condition:
        thread = threading.Thread(target=lambda: condition.__enter__() and (condition.notify(), condition.release()))
        thread.start()
        print(condition.wait(5))
thread.join()
