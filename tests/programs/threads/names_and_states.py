# What a thread is called, and what its repr says before, while and after it runs.
import re
import threading


def shown(thread):
    return re.sub(r'\b\d{4,}\b|(?<=started )\d+|(?<=stopped )\d+|(?<=daemon )\d+', 'N', repr(thread))


gate = threading.Event()


def wait(timeout=60):
    gate.wait(timeout)


one = threading.Thread(target=wait)
two = threading.Thread(target=wait, name='worker', daemon=True, kwargs={'timeout': 30})
three = threading.Thread(target=lambda: None)
four = threading.Thread()
for thread in (one, two, three, four):
    print(shown(thread), thread.ident, thread.is_alive(), thread.daemon)
one.start()
two.start()
print(shown(one), shown(two), one.is_alive(), type(one.ident), one.ident != two.ident)
print(threading.active_count(), [thread.name for thread in threading.enumerate()])
gate.set()
one.join()
two.join()
print(shown(one), shown(two), one.is_alive())
print(shown(threading.main_thread()), threading.current_thread() is threading.main_thread())
two.name = 7
print(two.name)
four.start()
four.join()


class Counter(threading.Thread):
    def __init__(self, limit):
        super().__init__()
        self.limit = limit
        self.total = 0

    def run(self):
        me = threading.current_thread()
        print(me is self, me.name, threading.get_ident() == self.ident)
        self.total = sum(range(self.limit))


counter = Counter(10)
counter.start()
counter.join()
print(counter.total, shown(counter))
