"""asyncio: tasks that wait for each other, for time and for input and output, in one thread.

The package is a table: which name comes from which module. A module is imported when one of its names is used for the
first time, so a program that only sleeps and gathers does not wait for streams, processes and TLS to be read.
Sources: Library Reference "asyncio", PEP 3156.
"""

import _eras

_PUBLIC = {
    "base_events": ("BaseEventLoop", "Server"),
    "coroutines": ("iscoroutinefunction", "iscoroutine"),
    "events": ("AbstractEventLoopPolicy", "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle",
               "get_event_loop_policy", "set_event_loop_policy", "get_event_loop", "set_event_loop",
               "new_event_loop", "get_child_watcher", "set_child_watcher", "_set_running_loop", "get_running_loop",
               "_get_running_loop"),
    "exceptions": ("BrokenBarrierError", "CancelledError", "InvalidStateError", "TimeoutError",
                   "IncompleteReadError", "LimitOverrunError", "SendfileNotAvailableError"),
    "futures": ("Future", "wrap_future", "isfuture"),
    "locks": ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier"),
    "protocols": ("BaseProtocol", "Protocol", "DatagramProtocol", "SubprocessProtocol", "BufferedProtocol"),
    "runners": ("Runner", "run"),
    "queues": ("Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty", "QueueShutDown"),
    "streams": ("StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server",
                "open_unix_connection", "start_unix_server"),
    "subprocess": ("create_subprocess_exec", "create_subprocess_shell"),
    "tasks": ("Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for",
              "as_completed", "sleep", "gather", "shield", "ensure_future", "run_coroutine_threadsafe",
              "current_task", "all_tasks", "create_eager_task_factory", "eager_task_factory", "_register_task",
              "_unregister_task", "_enter_task", "_leave_task"),
    "taskgroups": ("TaskGroup",),
    "threads": ("to_thread",),
    "timeouts": ("Timeout", "timeout", "timeout_at"),
    "transports": ("BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport",
                   "SubprocessTransport"),
    "unix_events": ("SelectorEventLoop", "AbstractChildWatcher", "SafeChildWatcher", "FastChildWatcher",
                    "PidfdChildWatcher", "MultiLoopChildWatcher", "ThreadedChildWatcher", "DefaultEventLoopPolicy",
                    "EventLoop"),
}

# Modules that have no public names, and are attributes of the package as the others are.
_INNER = ("base_futures", "base_subprocess", "base_tasks", "constants", "format_helpers", "log", "mixins",
          "proactor_events", "selector_events", "sslproto", "staggered", "trsock")

# What Python removed: the name, as `_eras` knows it, and where it is.
_FORMER = {
    "coroutine": ("asyncio.coroutine", "coroutines", "coroutine"),
    "async": ("asyncio.async", "tasks", "async_"),
    "JoinableQueue": ("asyncio.JoinableQueue", "queues", "Queue"),
}

# What the chosen version of Python has no more is left out: child watchers went in 3.14.
_home = {name: module for module, names in _PUBLIC.items() for name in names if _eras.has(f"asyncio.{name}")}

__all__ = tuple(_home)


def _module(name):
    return __import__(f"asyncio.{name}", None, None, ("*",), 0)


def __getattr__(name):
    if name in _home:
        globals()[name] = value = getattr(_module(_home[name]), name)
        return value
    if name in _PUBLIC or name in _INNER:
        return _module(name)
    if name in _FORMER:
        known_as, module, there = _FORMER[name]
        if _eras.allows(known_as):
            return getattr(_module(module), there)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *__all__, *_PUBLIC, *_INNER} - {"_eras", "_PUBLIC", "_INNER", "_FORMER", "_home", "_module"})
