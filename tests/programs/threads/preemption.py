# A thread that never waits gives way all the same: nobody has to wait for it for ever.
import sys
import threading
import time

flag = False
spins = 0


def spin():
    global spins
    while not flag:
        spins += 1


def recurse(depth=0):
    if not flag:
        return recurse(depth + 1) if depth < 100 else depth
    return depth


def call():
    while not flag:
        recurse()


threads = [threading.Thread(target=spin), threading.Thread(target=call)]
for thread in threads:
    thread.start()
time.sleep(0.02)
flag = True
for thread in threads:
    thread.join()
print(spins > 0)

# Two that count in turn.
count = 0
lock = threading.Lock()


def add(times):
    global count
    for _ in range(times):
        with lock:
            count += 1


threads = [threading.Thread(target=add, args=(5000,)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(count)
sys.setswitchinterval(0.001)
print(sys.getswitchinterval())

# Sleeping threads sleep at the same time.
begin = time.monotonic()
threads = [threading.Thread(target=time.sleep, args=(0.05,)) for _ in range(20)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(0.05 <= time.monotonic() - begin < 0.5)

# A thread that is inside a call made by built-in code waits without stopping the others.
ran = []


class Slow:
    def __init__(self, number):
        self.number = number

    def __lt__(self, other):
        time.sleep(0.002)
        return self.number < other.number

    def __eq__(self, other):
        time.sleep(0.002)
        return self.number == other.number

    def __repr__(self):
        time.sleep(0.002)
        return f'Slow({self.number})'


other = threading.Thread(target=lambda: [time.sleep(0.001) or ran.append(number) for number in range(3)])
other.start()
print(sorted([Slow(2), Slow(1), Slow(3)]), Slow(1) in [Slow(3), Slow(1)], len(ran))
other.join()


class Handler:
    def __enter__(self):
        time.sleep(0.002)
        return 'entered'

    def __exit__(self, kind, error, traceback):
        time.sleep(0.002)
        return kind is ValueError


with Handler() as entered:
    raise ValueError(entered)
print('left')
