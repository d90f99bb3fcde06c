"""The event loop of Unix: signals, and by way of other modules pipes, Unix sockets and child processes.

Sources: Library Reference "asyncio-eventloop", "asyncio-policy".
"""

import sys

import _eras

from . import events, selector_events
from .base_events import _Elsewhere
from .log import lazy_logger as logger

__all__ = ("SelectorEventLoop", "AbstractChildWatcher", "SafeChildWatcher", "FastChildWatcher", "PidfdChildWatcher",
           "MultiLoopChildWatcher", "ThreadedChildWatcher", "DefaultEventLoopPolicy", "EventLoop")


def _sighandler_noop(signum, frame):
    """A signal that has a handler interrupts waiting; what is to be done is read from the wakeup descriptor."""


def waitstatus_to_exitcode(status):
    """The exit code in what `waitpid` gives; a status that is neither exit nor signal as it is."""
    import os
    try:
        return os.waitstatus_to_exitcode(status)
    except ValueError:
        return status


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """The loop that programs use, on Unix."""

    def __init__(self, selector=None):
        super().__init__(selector)
        self._signal_handlers = {}
        self._unix_server_sockets = {}

    def close(self):
        super().close()
        if not self._signal_handlers:
            return
        if sys.is_finalizing():
            import warnings
            warnings.warn(f"Closing the loop {self!r} on interpreter shutdown stage, "
                          "skipping signal handlers removal", ResourceWarning, source=self)
            self._signal_handlers.clear()
        else:
            for sig in list(self._signal_handlers):
                self.remove_signal_handler(sig)

    # Signals become callbacks among all others.  A loop with a selector has their numbers written to its self-pipe.

    def _process_self_data(self, data):
        for signum in data:
            if signum:
                self._handle_signal(signum)

    def add_signal_handler(self, sig, callback, *args):
        """Call this in the loop when the signal comes."""
        from . import coroutines
        if coroutines.iscoroutine(callback) or coroutines._iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        import signal
        self._check_signal(sig)
        self._check_closed()
        if self._selector is None:
            # The runtime calls handlers between two instructions, also while the loop sleeps, and wakes it.
            handler = self._on_signal
            if sig == signal.SIGINT and self._csock is None:
                # Nothing goes through it, but the loop has something to wait for even if nothing is scheduled.
                self._make_self_pipe()
        else:
            handler = _sighandler_noop
            try:
                signal.set_wakeup_fd(self._csock.fileno())
            except (ValueError, OSError) as exc:
                raise RuntimeError(str(exc))

        handle = events.Handle(callback, args, self, None)
        self._signal_handlers[sig] = handle
        try:
            signal.signal(sig, handler)
            # Library functions that the signal interrupts shall go on.
            signal.siginterrupt(sig, False)
        except ValueError:
            del self._signal_handlers[sig]
            raise RuntimeError("set_wakeup_fd only works in main thread of the main interpreter")
        except OSError as exc:
            del self._signal_handlers[sig]
            if not self._signal_handlers:
                self._forget_wakeup_fd(signal)
            import errno
            if exc.errno == errno.EINVAL:
                raise RuntimeError(f"sig {sig} cannot be caught")
            raise

    def _on_signal(self, signum, frame):
        self._handle_signal(signum)

    def _forget_wakeup_fd(self, signal):
        if self._selector is None:
            return
        try:
            signal.set_wakeup_fd(-1)
        except (ValueError, OSError) as exc:
            logger.info("set_wakeup_fd(-1) failed: %s", exc)

    def _handle_signal(self, sig):
        handle = self._signal_handlers.get(sig)
        if handle is None:
            return
        if handle._cancelled:
            self.remove_signal_handler(sig)
        else:
            self._add_callback_signalsafe(handle)

    def remove_signal_handler(self, sig):
        """Undo `add_signal_handler`; return whether there was anything to undo."""
        import signal
        self._check_signal(sig)
        try:
            del self._signal_handlers[sig]
        except KeyError:
            return False
        try:
            signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        except OSError as exc:
            import errno
            if exc.errno == errno.EINVAL:
                raise RuntimeError(f"sig {sig} cannot be caught")
            raise
        if not self._signal_handlers:
            self._forget_wakeup_fd(signal)
        return True

    def _check_signal(self, sig):
        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        import signal
        if sig not in signal.valid_signals():
            raise ValueError(f"invalid signal number {sig}")

    # Elsewhere.

    create_unix_connection = _Elsewhere("_unix_sockets")
    create_unix_server = _Elsewhere("_unix_sockets")
    _stop_serving = _Elsewhere("_unix_sockets")
    _sock_sendfile_native = _Elsewhere("_unix_sockets")
    _sock_sendfile_native_impl = _Elsewhere("_unix_sockets")
    _sock_sendfile_update_filepos = _Elsewhere("_unix_sockets")
    _sock_add_cancellation_callback = _Elsewhere("_unix_sockets")
    _make_read_pipe_transport = _Elsewhere("_unix_pipes")
    _make_write_pipe_transport = _Elsewhere("_unix_pipes")
    _make_subprocess_transport = _Elsewhere("_child_watchers")
    _child_watcher_callback = _Elsewhere("_child_watchers")


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """The policy of Unix, which also has the child watcher."""

    _loop_factory = _UnixSelectorEventLoop

    def __init__(self):
        super().__init__()
        self._watcher = None

    def _init_watcher(self):
        from . import _child_watchers
        with events._lock:
            if self._watcher is None:
                # What was new in 3.8 and in 3.12.
                version = _eras.version()
                if version < 8:
                    self._watcher = _child_watchers.SafeChildWatcher()
                    self._watcher.attach_loop(self._local._loop)
                elif version >= 12 and _child_watchers.can_use_pidfd():
                    self._watcher = _child_watchers.PidfdChildWatcher()
                else:
                    self._watcher = _child_watchers.ThreadedChildWatcher()

    def set_event_loop(self, loop):
        """Set the loop of this thread; the child watcher of the main thread follows it."""
        super().set_event_loop(loop)
        if self._watcher is not None:
            import threading
            if threading.current_thread() is threading.main_thread():
                self._watcher.attach_loop(loop)

    def get_child_watcher(self):
        """What tells loops that processes ended."""
        if self._watcher is None:
            self._init_watcher()
        if _eras.version() >= 12:
            import warnings
            warnings._deprecated("get_child_watcher", "{name!r} is deprecated as of Python 3.12 and will be "
                                 "removed in Python {remove}.", remove=(3, 14))
        return self._watcher

    def set_child_watcher(self, watcher):
        """Set what tells loops that processes ended."""
        from . import _child_watchers
        assert watcher is None or isinstance(watcher, _child_watchers.AbstractChildWatcher)
        if self._watcher is not None:
            self._watcher.close()
        self._watcher = watcher
        if _eras.version() >= 12:
            import warnings
            warnings._deprecated("set_child_watcher", "{name!r} is deprecated as of Python 3.12 and will be "
                                 "removed in Python {remove}.", remove=(3, 14))


SelectorEventLoop = _UnixSelectorEventLoop
DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
EventLoop = SelectorEventLoop

_MOVED = {
    "AbstractChildWatcher": "_child_watchers",
    "BaseChildWatcher": "_child_watchers",
    "SafeChildWatcher": "_child_watchers",
    "FastChildWatcher": "_child_watchers",
    "PidfdChildWatcher": "_child_watchers",
    "MultiLoopChildWatcher": "_child_watchers",
    "ThreadedChildWatcher": "_child_watchers",
    "can_use_pidfd": "_child_watchers",
    "_UnixSubprocessTransport": "_child_watchers",
    "_UnixReadPipeTransport": "_unix_pipes",
    "_UnixWritePipeTransport": "_unix_pipes",
}


def __getattr__(name):
    if name in _MOVED:
        return getattr(__import__(f"asyncio.{_MOVED[name]}", None, None, ("*",), 0), name)
    if name in ("os", "socket", "signal", "threading", "warnings"):
        return __import__(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
