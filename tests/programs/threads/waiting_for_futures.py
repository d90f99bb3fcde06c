# wait() and as_completed().
import threading
import time
from concurrent import futures


def sleep(seconds, outcome):
    time.sleep(seconds)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def names(found):
    return sorted(future.name for future in found)


def submit(pool, name, seconds, outcome=None):
    future = pool.submit(sleep, seconds, outcome or name)
    future.name = name
    return future


with futures.ThreadPoolExecutor(5) as pool:
    fs = [submit(pool, name, seconds) for name, seconds in [('c', 0.06), ('a', 0.0), ('b', 0.03)]]
    print([future.result() for future in futures.as_completed(fs)])
    print([future.result() for future in futures.as_completed(fs * 2)] == [future.result() for future in futures.as_completed(fs)] or 'each once')
    print(len(list(futures.as_completed(fs + fs))))
    fs = [submit(pool, 'quick', 0.0), submit(pool, 'slow', 0.1)]
    try:
        for future in futures.as_completed(fs, timeout=0.02):
            print(future.result())
    except TimeoutError as error:
        print(error)
    done, not_done = futures.wait(fs, timeout=0.001)
    print(names(done), names(not_done))
    result = futures.wait(fs)
    print(type(result).__name__, result._fields, names(result.done), names(result.not_done))

    fs = [submit(pool, 'first', 0.01), submit(pool, 'second', 0.3)]
    done, not_done = futures.wait(fs, return_when=futures.FIRST_COMPLETED)
    print(names(done), names(not_done))
    fs += [submit(pool, 'wrong', 0.01, ValueError('wrong')), submit(pool, 'late', 0.4)]
    done, not_done = futures.wait(fs, return_when=futures.FIRST_EXCEPTION)
    print(names(done), names(not_done))
    done, not_done = futures.wait(fs, return_when=futures.ALL_COMPLETED)
    print(names(done), names(not_done))
    print(futures.wait([]), list(futures.as_completed([])))

# A cancelled future counts as completed once its executor has seen it.
with futures.ThreadPoolExecutor(1) as pool:
    go = threading.Event()
    blocker = pool.submit(go.wait)
    blocker.name = 'blocker'
    waiting = submit(pool, 'waiting', 0)
    print(waiting.cancel())
    threading.Timer(0.01, go.set).start()
    print(names(futures.as_completed([blocker, waiting])), waiting.cancelled())
