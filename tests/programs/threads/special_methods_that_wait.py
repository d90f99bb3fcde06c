# A special method that a built-in function calls may wait for the main thread.
import functools
import threading
import time

opened = threading.Event()


class Thing:
    def __len__(self):
        opened.wait()
        return 3

    def __bool__(self):
        opened.wait()
        return True

    def __hash__(self):
        opened.wait()
        return 7

    def __eq__(self, other):
        opened.wait()
        return isinstance(other, Thing)

    def __repr__(self):
        opened.wait()
        return "<thing>"

    @functools.cached_property
    def made_once(self):
        opened.wait()
        return "made"


def generate():
    yield 1
    opened.wait()
    yield 2


WORK = {
    "len": lambda: len(Thing()),
    "bool": lambda: bool(Thing()),
    "in a list": lambda: Thing() in [Thing()],
    "as a key": lambda: {Thing(): 1}[Thing()],
    "repr": lambda: f"{Thing()!r}",
    "cached_property": lambda: Thing().made_once,
    "getattr": lambda: getattr(Thing(), "made_once"),
    "unpacking": lambda: (lambda a, b: a + b)(*generate()),
    "membership": lambda: 2 in generate(),
    "exec": lambda: eval("opened.wait()"),
}
results = {}
workers = [
    threading.Thread(target=lambda name=name, work=work: results.update({name: work()}), daemon=True)
    for name, work in WORK.items()
]
for worker in workers:
    worker.start()
time.sleep(0.01)
print("all wait:", len(results))
opened.set()
for worker in workers:
    worker.join()
for name in WORK:
    print(f"{name}: {results[name]}")


# A thread that does nothing but wait in such places lets others go on.
def steps():
    try:
        yield
    finally:
        time.sleep(0.000001)


ended = False


def repeat():
    while not ended:
        next(steps())


worker = threading.Thread(target=repeat)
worker.start()
time.sleep(0.02)
ended = True
worker.join()
print("ended")

# The program ends although a daemon waits in one for ever.
opened.clear()
threading.Thread(target=lambda: len(Thing()), daemon=True).start()
time.sleep(0.01)
print("the end")
