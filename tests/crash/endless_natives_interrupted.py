# allows: OK
# One signal ends a native that goes through an endless iterator by itself.
import collections
import itertools
import signal


def alarm(number, frame):
    raise TimeoutError


signal.signal(signal.SIGALRM, alarm)
thunks = [
    lambda: sum(range(2 ** 50)),
    lambda: max(itertools.count()),
    lambda: min(itertools.repeat(1)),
    lambda: any(itertools.repeat(0)),
    lambda: all(itertools.repeat(1)),
    lambda: -1 in itertools.count(),
    lambda: -1 in iter(range(2 ** 50)),
    lambda: set(itertools.repeat(1)),
    lambda: collections.deque(itertools.count(), maxlen=0),
    lambda: collections.Counter(itertools.repeat(1)),
    lambda: dict.fromkeys(itertools.repeat(1)),
    lambda: sum(map(abs, itertools.count())),
    lambda: max(zip(itertools.repeat(1), itertools.repeat(2))),
    lambda: next(filter(None, itertools.repeat(0))),
    lambda: next(itertools.dropwhile(bool, itertools.repeat(1))),
    lambda: next(itertools.islice(itertools.count(), 2 ** 60, None)),
    lambda: next(itertools.compress(itertools.count(), itertools.repeat(0))),
    lambda: next(itertools.filterfalse(None, itertools.repeat(1))),
]
ended = 0
for thunk in thunks:
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    try:
        thunk()
    except TimeoutError:
        ended += 1
assert ended == len(thunks)
