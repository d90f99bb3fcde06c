"""The event loop, less its heart and less what few programs need.

The heart is native (`_asyncio.BaseLoop`): callbacks that are ready, callbacks that wait for a time, and the turns of the
loop. Here are the executor, exception handlers and asynchronous generators. What opens connections, serves, sends files
and starts processes is in modules beside this one, which are imported when one of their methods is used for the first
time. Source: Library Reference "asyncio-eventloop".
"""

import sys

from _asyncio import BaseLoop

from . import constants, events, exceptions, futures, log, tasks
from .log import lazy_logger as logger

__all__ = ("BaseEventLoop", "Server")


class _Elsewhere:
    """A method whose code is in another module; looking it up imports that and puts its methods into the class."""

    def __init__(self, module):
        self.module = module

    def __set_name__(self, owner, name):
        self.owner = owner
        self.name = name

    def __get__(self, instance, owner):
        source = __import__(f"asyncio.{self.module}", None, None, ("*",), 0)
        for name, value in list(vars(self.owner).items()):
            if isinstance(value, _Elsewhere) and value.module == self.module:
                method = getattr(source, name)
                # Coroutines and messages are named for where the method is.
                method.__qualname__ = f"{self.owner.__name__}.{name}"
                setattr(self.owner, name, method)
        found = vars(self.owner)[self.name]
        return found.__get__(instance, owner)


class _AsyncGenerators:
    """The attribute of a loop that holds its asynchronous generators, made when the first one comes."""

    def __get__(self, instance, owner):
        if instance is None:
            return self
        from _weakrefset import WeakSet
        instance._asyncgens = made = WeakSet()
        return made


def _writes_to_stderr():
    """Whether an error that goes to the log ends up on standard error, since nobody has set up logging."""
    return sys.stderr is not None and not log.is_set_up()


# Cancelled timers are swept out when there are more timers than this, and this part of them is cancelled.
_MIN_SCHEDULED_TIMER_HANDLES = 100
_MIN_CANCELLED_TIMER_HANDLES_FRACTION = 0.5


def _format_handle(handle):
    """How reports of debug mode show a handle: a step of a task as the task."""
    task = getattr(handle._callback, "__self__", None)
    return repr(task) if isinstance(task, tasks.Task) else str(handle)


def _run_until_complete_cb(fut):
    """Stop the loop when the future that it runs for is done."""
    if not fut.cancelled() and isinstance(fut.exception(), (SystemExit, KeyboardInterrupt)):
        # It goes through the loop already.
        return
    futures._get_loop(fut).stop()


class BaseEventLoop(BaseLoop, events.AbstractEventLoop):
    """What all event loops have in common."""

    def __init__(self):
        super().__init__()
        self._internal_fds = 0
        self._default_executor = None
        self._executor_shutdown_called = False
        self._exception_handler = None
        self._asyncgens_shutdown_called = False

    def __repr__(self):
        return (f"<{type(self).__name__} running={self.is_running()} closed={self.is_closed()} "
                f"debug={self.get_debug()}>")

    def close(self):
        """Drop all callbacks and close; the threads of the executor are left to end by themselves."""
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        if self.get_debug():
            logger.debug("Close %r", self)
        super().close()
        self._executor_shutdown_called = True
        executor = self._default_executor
        if executor is not None:
            self._default_executor = None
            executor.shutdown(wait=False)

    def __del__(self):
        if not self.is_closed():
            try:
                import warnings
            except ImportError:
                # The program is ending, and modules are gone.
                pass
            else:
                warnings.warn(f"unclosed event loop {self!r}", ResourceWarning, source=self)
            if not self.is_running():
                self.close()

    def _write_to_self(self):
        raise NotImplementedError

    def _check_closed(self):
        if self.is_closed():
            raise RuntimeError("Event loop is closed")

    def set_debug(self, enabled):
        """Turn debug mode on or off."""
        if enabled:
            # Now, lest the import count as a part of the first callback that is slow.
            log.prepare()
        super().set_debug(enabled)

    def run_until_complete(self, future):
        """Run until the future, or the coroutine, is done; return its result."""
        # Checked here too: what is refused then lives as long as the traceback that has this frame.
        self._check_closed()
        self._check_running()
        return super().run_until_complete(future)

    # Threads.

    def _check_default_executor(self):
        if self._executor_shutdown_called:
            raise RuntimeError("Executor shutdown has been called")

    def run_in_executor(self, executor, func, *args):
        """Call a function in a thread (or process) of an executor; return a future.  None: the default threads."""
        self._check_closed()
        if self.get_debug():
            self._check_callback(func, "run_in_executor")
        if executor is None:
            executor = self._default_executor
            self._check_default_executor()
            if executor is None:
                from concurrent.futures import ThreadPoolExecutor
                self._default_executor = executor = ThreadPoolExecutor(thread_name_prefix="asyncio")
        return futures.wrap_future(executor.submit(func, *args), loop=self)

    def set_default_executor(self, executor):
        """Set what None stands for in `run_in_executor`."""
        from concurrent.futures import ThreadPoolExecutor
        if not isinstance(executor, ThreadPoolExecutor):
            raise TypeError("executor must be ThreadPoolExecutor instance")
        self._default_executor = executor

    async def shutdown_default_executor(self, timeout=None):
        """Wait, at most so many seconds, for the threads of the default executor to end."""
        self._executor_shutdown_called = True
        if self._default_executor is None:
            return
        import threading
        future = self.create_future()
        # A thread of its own, since joining blocks.
        thread = threading.Thread(target=self._do_shutdown, args=(future,))
        thread.start()
        from . import timeouts
        try:
            async with timeouts.timeout(timeout):
                await future
        except TimeoutError:
            import warnings
            warnings.warn(f"The executor did not finishing joining its threads within {timeout} seconds.",
                          RuntimeWarning, stacklevel=2)
            self._default_executor.shutdown(wait=False)
        else:
            thread.join()

    def _do_shutdown(self, future):
        try:
            self._default_executor.shutdown(wait=True)
            if not self.is_closed():
                self.call_soon_threadsafe(futures._set_result_unless_cancelled, future, None)
        except Exception as exc:
            if not self.is_closed() and not future.cancelled():
                self.call_soon_threadsafe(future.set_exception, exc)

    # Asynchronous generators: the loop closes those that nobody has read to the end.

    _asyncgens = _AsyncGenerators()

    def _asyncgen_firstiter_hook(self, agen):
        if self._asyncgens_shutdown_called:
            import warnings
            warnings.warn(f"asynchronous generator {agen!r} was scheduled after loop.shutdown_asyncgens() call",
                          ResourceWarning, source=self)
        self._asyncgens.add(agen)

    def _asyncgen_finalizer_hook(self, agen):
        self._asyncgens.discard(agen)
        if not self.is_closed():
            # Whichever thread drops it.
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        """Close all asynchronous generators that are under way."""
        self._asyncgens_shutdown_called = True
        if "_asyncgens" not in vars(self) or not len(self._asyncgens):
            return
        closing = list(self._asyncgens)
        self._asyncgens.clear()
        results = await tasks.gather(*[agen.aclose() for agen in closing], return_exceptions=True)
        for result, agen in zip(results, closing):
            if isinstance(result, Exception):
                self.call_exception_handler({
                    "message": f"an error occurred during closing of asynchronous generator {agen!r}",
                    "exception": result,
                    "asyncgen": agen,
                })

    # Exceptions that nobody waits for.

    def get_exception_handler(self):
        """The handler that was set, or None."""
        return self._exception_handler

    def set_exception_handler(self, handler):
        """Set what is called, as handler(loop, context), for exceptions that nobody waits for; None: the default."""
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context):
        """Write an error to the log, with all that the context holds."""
        exception = context.get("exception")
        exc_info = False if exception is None else (type(exception), exception, exception.__traceback__)
        handle = getattr(self, "_current_handle", None)
        if "source_traceback" not in context and handle is not None and handle._source_traceback:
            context["handle_traceback"] = handle._source_traceback

        lines = [context.get("message") or "Unhandled exception in event loop"]
        for key in sorted(context):
            if key in ("message", "exception"):
                continue
            value = context[key]
            if key in ("source_traceback", "handle_traceback"):
                import traceback
                what = "Object" if key == "source_traceback" else "Handle"
                text = "".join(traceback.format_list(value)).rstrip()
                lines.append(f"{key}: {what} created at (most recent call last):\n{text}")
            else:
                lines.append(f"{key}: {value!r}")
        text = "\n".join(lines)
        if _writes_to_stderr():
            from _reporter import loop_error
            drawn = loop_error(context, text)
            if drawn is not None:
                sys.stderr.write(drawn)
                return
        logger.error(text, exc_info=exc_info)

    def call_exception_handler(self, context):
        """Call the exception handler, and be prepared for its failing.

        `context` has "message", and as far as there are such "exception", "future", "task", "handle", "protocol",
        "transport", "socket", "asyncgen", "source_traceback", "handle_traceback".
        """
        if self._exception_handler is None:
            self._call_default_handler(context, "Exception in default exception handler")
            return
        try:
            owner = next((context[key] for key in ("task", "future", "handle") if context.get(key) is not None), None)
            variables = owner.get_context() if hasattr(owner, "get_context") else None
            if hasattr(variables, "run"):
                variables.run(self._exception_handler, self, context)
            else:
                self._exception_handler(self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._call_default_handler(
                {"message": "Unhandled error in exception handler", "exception": exc, "context": context},
                "Exception in default exception handler while handling an unexpected error in custom exception handler")

    def _call_default_handler(self, context, apology):
        try:
            self.default_exception_handler(context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            # A subclass may redefine it, and a value in the context may have no repr.
            logger.error(apology, exc_info=True)

    # What kinds of loops fill in.

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        raise NotImplementedError

    def _make_ssl_transport(self, rawsock, protocol, sslcontext, waiter=None, *, server_side=False,
                            server_hostname=None, extra=None, server=None, ssl_handshake_timeout=None,
                            ssl_shutdown_timeout=None, call_connection_made=True):
        raise NotImplementedError

    def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
        raise NotImplementedError

    def _make_read_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        raise NotImplementedError

    def _make_write_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        raise NotImplementedError

    async def _make_subprocess_transport(self, protocol, args, shell, stdin, stdout, stderr, bufsize, extra=None,
                                         **kwargs):
        raise NotImplementedError

    # Elsewhere.

    getaddrinfo = _Elsewhere("_connecting")
    getnameinfo = _Elsewhere("_connecting")
    _getaddrinfo_debug = _Elsewhere("_connecting")
    _ensure_resolved = _Elsewhere("_connecting")
    _connect_sock = _Elsewhere("_connecting")
    _create_connection_transport = _Elsewhere("_connecting")
    create_connection = _Elsewhere("_connecting")
    create_datagram_endpoint = _Elsewhere("_connecting")

    create_server = _Elsewhere("_serving")
    connect_accepted_socket = _Elsewhere("_serving")
    _create_server_getaddrinfo = _Elsewhere("_serving")

    sendfile = _Elsewhere("_sending")
    sock_sendfile = _Elsewhere("_sending")
    start_tls = _Elsewhere("_sending")
    _sock_sendfile_native = _Elsewhere("_sending")
    _sock_sendfile_fallback = _Elsewhere("_sending")
    _sendfile_native = _Elsewhere("_sending")
    _sendfile_fallback = _Elsewhere("_sending")
    _check_sendfile_params = _Elsewhere("_sending")

    connect_read_pipe = _Elsewhere("_starting")
    connect_write_pipe = _Elsewhere("_starting")
    subprocess_shell = _Elsewhere("_starting")
    subprocess_exec = _Elsewhere("_starting")
    _log_subprocess = _Elsewhere("_starting")


_MOVED = {
    "Server": "_serving",
    "_SendfileFallbackProtocol": "_sending",
    "_ipaddr_info": "_connecting",
    "_interleave_addrinfos": "_connecting",
    "_set_nodelay": "_connecting",
    "_set_reuseport": "_connecting",
    "_check_ssl_socket": "_connecting",
    "_format_pipe": "_starting",
}


def __getattr__(name):
    if name in _MOVED:
        return getattr(__import__(f"asyncio.{_MOVED[name]}", None, None, ("*",), 0), name)
    if name in ("socket", "ssl", "subprocess", "threading", "time"):
        return __import__(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
