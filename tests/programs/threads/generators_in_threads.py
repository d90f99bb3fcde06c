# Generators and threads: one generator, two threads; a generator that waits; what a thread leaves suspended.
import threading
import time

outcomes = []


def slow():
    try:
        for number in range(3):
            time.sleep(0.005)
            yield number
    finally:
        outcomes.append('closed')


shared = slow()


def take():
    try:
        outcomes.append(next(shared))
    except ValueError as error:
        outcomes.append(str(error))


threads = [threading.Thread(target=take) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(outcomes)
print(list(shared), outcomes)

# Functions that take iterators in a loop of their own go on where they waited.
results = {}


def collect(name, function):
    results[name] = function(number * 2 for number in slow())


threads = [threading.Thread(target=collect, args=(function.__name__, function)) for function in (list, sum, max, sorted)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results.items()))


# A pipeline through threads: each stage is a generator of its thread.
def stage(source, sink, change):
    for item in iter(source.pop, None):
        sink.append(change(item))


class Channel(list):
    def pop(self):
        while not self:
            time.sleep(0.001)
        return super().pop(0)


first, second, third = Channel(), Channel(), Channel()
threads = [threading.Thread(target=stage, args=(first, second, lambda x: x + 1)),
           threading.Thread(target=stage, args=(second, third, lambda x: x * 10))]
for thread in threads:
    thread.start()
for number in range(3):
    first.append(number)
print([third.pop() for _ in range(3)])
first.append(None)
second.append(None)
for thread in threads:
    thread.join()


def leave_suspended():
    unfinished = slow()
    next(unfinished)
    outcomes.append('thread ends')


outcomes.clear()
thread = threading.Thread(target=leave_suspended)
thread.start()
thread.join()
print(outcomes)
