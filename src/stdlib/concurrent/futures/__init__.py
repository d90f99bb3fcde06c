"""Execute computations asynchronously using threads or processes.

Futures and what waits for them are in `_base`; each kind of executor is in a module of its own, which is imported when
the executor is first asked for.

Source: Standard Library "concurrent.futures".
"""

from concurrent.futures._base import (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED, CancelledError, TimeoutError,
                                      InvalidStateError, BrokenExecutor, Future, Executor, wait, as_completed)

__author__ = 'Brian Quinlan (brian@sweetapp.com)'

__all__ = ('FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED', 'CancelledError', 'TimeoutError', 'InvalidStateError',
           'BrokenExecutor', 'Future', 'Executor', 'wait', 'as_completed', 'ProcessPoolExecutor', 'ThreadPoolExecutor')


def __dir__():
    return __all__ + ('__author__', '__doc__')


def __getattr__(name):
    global ProcessPoolExecutor, ThreadPoolExecutor
    if name == 'ProcessPoolExecutor':
        from .process import ProcessPoolExecutor as pool
        ProcessPoolExecutor = pool
        return pool
    if name == 'ThreadPoolExecutor':
        from .thread import ThreadPoolExecutor as pool
        ThreadPoolExecutor = pool
        return pool
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
