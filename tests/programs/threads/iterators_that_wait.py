# A generator that waits inside an iterator of itertools holds up its own thread only.
import itertools
import threading
import time

opened = threading.Event()


def waits(*items):
    yield items[0]
    opened.wait()
    yield from items[1:]


PIPELINES = {
    "enumerate": lambda: [x for x in enumerate(waits("a", "b"), 1)],
    "enumerate apart": lambda: [f"{i}{x}" for i, x in enumerate(waits("a", "b"))],
    "zip": lambda: list(zip(waits(1, 2), "ab", waits(3, 4))),
    "zip strict": lambda: list(zip(waits(1, 2), "ab", strict=True)),
    "islice": lambda: list(itertools.islice(waits(1, 2, 3, 4), 1, None, 2)),
    "islice stop": lambda: list(itertools.islice(waits(1, 2, 3, 4), 3)),
    "chain": lambda: list(itertools.chain(waits(1, 2), [], waits(3, 4), "x")),
    "chain of": lambda: list(itertools.chain.from_iterable(waits("ab", "cd"))),
    "takewhile": lambda: list(itertools.takewhile(lambda x: x < 3, waits(1, 2, 3, 1))),
    "dropwhile": lambda: list(itertools.dropwhile(lambda x: x < 2, waits(1, 2, 3, 1))),
    "starmap": lambda: list(itertools.starmap(pow, waits((2, 3), (3, 2)))),
    "accumulate": lambda: list(itertools.accumulate(waits(1, 2, 3))),
    "accumulate with": lambda: list(itertools.accumulate(waits(2, 3), lambda a, b: a * b, initial=1)),
    "batched": lambda: list(itertools.batched(waits(1, 2, 3), 2)),
    "pairwise": lambda: list(itertools.pairwise(waits(1, 2, 3))),
    "cycle": lambda: list(itertools.islice(itertools.cycle(waits(1, 2)), 5)),
    "tee": lambda: [list(copy) for copy in itertools.tee(waits(1, 2, 3))],
    "next": lambda: (lambda it: [next(it), next(it), next(it, "end")])(itertools.chain(waits(1, 2))),
}

results = {}
workers = [
    threading.Thread(target=lambda name=name, work=work: results.update({name: work()}))
    for name, work in PIPELINES.items()
]
for worker in workers:
    worker.start()
print("all wait:", len(results))
opened.set()
for worker in workers:
    worker.join()
for name in PIPELINES:
    print(f"{name}: {results[name]}")


# What two threads get so comes in turns.
def ticks(name, delay):
    time.sleep(delay)
    while True:
        yield name
        time.sleep(0.02)


seen = []


def take(name, delay):
    for number, tick in enumerate(itertools.islice(ticks(name, delay), 3)):
        seen.append(f"{tick}{number}")


takers = [threading.Thread(target=take, args=args) for args in [("a", 0), ("b", 0.01)]]
for taker in takers:
    taker.start()
for taker in takers:
    taker.join()
print(*seen)


# Errors come out where they are asked for.
def fails():
    yield 1
    raise LookupError("no more")


def report(make):
    it = make()
    try:
        for item in it:
            print("item", item)
    except LookupError as e:
        print("error", e, list(it))


for make in (
    lambda: itertools.islice(fails(), 5),
    lambda: itertools.chain(fails(), "x"),
    lambda: zip(fails(), "ab"),
    lambda: itertools.batched(fails(), 2),
):
    helper = threading.Thread(target=report, args=(make,))
    helper.start()
    helper.join()

# The item of a tee is fetched by one at a time.
entered = threading.Event()
leave = threading.Event()


class Slow:
    def __iter__(self):
        return self

    def __next__(self):
        entered.set()
        leave.wait()
        return "item"


first, second = itertools.tee(Slow())
fetcher = threading.Thread(target=lambda: print("fetched", next(first)))
fetcher.start()
entered.wait()
try:
    next(second)
except RuntimeError as e:
    print("RuntimeError:", e)
leave.set()
fetcher.join()
print("again", next(second))
