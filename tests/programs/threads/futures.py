# Futures: their states, reprs, callbacks, and what they refuse.
import re
from concurrent import futures


def shown(future):
    return re.sub(' at 0x[0-9a-f]+', '', repr(future))


def attempt(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except Exception as error:
        print(f'{type(error).__module__}.{type(error).__name__}: {re.sub(" at 0x[0-9a-f]+", "", str(error))}')


future = futures.Future()
print(shown(future), future.done(), future.running(), future.cancelled())
attempt(future.result, timeout=0)
attempt(future.exception, timeout=0.001)
print(future.set_running_or_notify_cancel(), shown(future), future.running(), future.cancel())
future.add_done_callback(lambda done: print('called with', shown(done)))
future.set_result(42)
print(shown(future), future.result(), future.exception(), future.done(), future.cancel())
future.add_done_callback(lambda done: print('called at once'))
attempt(future.set_result, 1)
attempt(future.set_exception, ValueError())

failed = futures.Future()
failed.set_exception(ZeroDivisionError('zero'))
print(shown(failed), repr(failed.exception()))
attempt(failed.result)

cancelled = futures.Future()
cancelled.add_done_callback(lambda done: print('cancelled'))
print(cancelled.cancel(), cancelled.cancel(), shown(cancelled), cancelled.cancelled(), cancelled.done())
attempt(cancelled.result)
attempt(cancelled.exception)
print(cancelled.set_running_or_notify_cancel(), shown(cancelled))
attempt(cancelled.set_result, 1)
print(futures.CancelledError.__mro__[1], futures.TimeoutError is TimeoutError, futures.Future[int])
attempt(futures.Executor().submit, print)
print(futures.Executor().shutdown(), sorted(futures.__all__))
attempt(futures.wait, [future, futures.Future()], return_when='SOMETIME')
print(futures.FIRST_COMPLETED, futures.FIRST_EXCEPTION, futures.ALL_COMPLETED)
attempt(lambda: futures.SomeExecutor)
