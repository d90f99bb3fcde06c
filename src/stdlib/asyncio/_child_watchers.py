"""Child processes on Unix: the transport, and who notices that a child has ended.

Only the parent can learn how a process ended, by `waitpid`, and only once. A descriptor of the process
(`pidfd_open`) becomes readable at its end, which is all that a loop needs; where there is none, a thread waits for each
child. The older ways, by the signal SIGCHLD, remain for the programs that ask for them, until Python 3.14.
Source: Library Reference "asyncio-policy", Process Watchers (3.13).
"""

import itertools
import os
import signal
import subprocess
import threading
import warnings

import _eras

from . import base_subprocess, events
from .log import lazy_logger as logger
from .unix_events import waitstatus_to_exitcode

_DEPRECATED = "{name!r} is deprecated as of Python 3.12 and will be removed in Python {remove}."


class _UnixSubprocessTransport(base_subprocess.BaseSubprocessTransport):
    """A child process of Unix."""

    __module__ = "asyncio.unix_events"

    def _start(self, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        self._proc = subprocess.Popen(args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr,
                                      universal_newlines=False, bufsize=bufsize, **kwargs)


async def _make_subprocess_transport(self, protocol, args, shell, stdin, stdout, stderr, bufsize, extra=None,
                                     **kwargs):
    """A method of the Unix event loop."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        watcher = events.get_child_watcher()
    with watcher:
        if not watcher.is_active():
            # The loop that it was attached to does not run.
            raise RuntimeError("asyncio.get_child_watcher() is not activated, subprocess support is not installed.")
        waiter = self.create_future()
        transport = _UnixSubprocessTransport(self, protocol, args, shell, stdin, stdout, stderr, bufsize,
                                             waiter=waiter, extra=extra, **kwargs)
        watcher.add_child_handler(transport.get_pid(), self._child_watcher_callback, transport)
        try:
            await waiter
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            transport.close()
            await transport._wait()
            raise
    return transport


def _child_watcher_callback(self, pid, returncode, transp):
    """A method of the Unix event loop."""
    self.call_soon_threadsafe(transp._process_exited, returncode)


class AbstractChildWatcher:
    """What tells loops that children ended."""

    __module__ = "asyncio.unix_events"

    def __init_subclass__(cls):
        if cls.__module__ != "asyncio.unix_events":
            if _eras.version() >= 12:
                warnings._deprecated("AbstractChildWatcher", _DEPRECATED, remove=(3, 14))

    def add_child_handler(self, pid, callback, *args):
        """Call callback(pid, returncode, *args) when this child has ended."""
        raise NotImplementedError()

    def remove_child_handler(self, pid):
        """Undo this; return whether there was anything to undo."""
        raise NotImplementedError()

    def attach_loop(self, loop):
        """Use this loop."""
        raise NotImplementedError()

    def close(self):
        """Stop watching."""
        raise NotImplementedError()

    def is_active(self):
        """Whether ends are noticed."""
        raise NotImplementedError()

    def __enter__(self):
        """Begin a block in which children are started and handlers added."""
        raise NotImplementedError()

    def __exit__(self, a, b, c):
        """End it."""
        raise NotImplementedError()


class _NothingToDo(AbstractChildWatcher):
    """The parts that watchers without state of their own leave empty."""

    __module__ = "asyncio.unix_events"

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_traceback):
        pass

    def is_active(self):
        return True

    def close(self):
        pass

    def attach_loop(self, loop):
        pass

    def remove_child_handler(self, pid):
        # asyncio never asks.
        return True


class PidfdChildWatcher(_NothingToDo):
    """Watches a descriptor of each child; needs Linux 5.3 or later."""

    __module__ = "asyncio.unix_events"

    def add_child_handler(self, pid, callback, *args):
        pidfd = os.pidfd_open(pid)
        events.get_running_loop()._add_reader(pidfd, self._do_wait, pid, pidfd, callback, args)

    def _do_wait(self, pid, pidfd, callback, args):
        events.get_running_loop()._remove_reader(pidfd)
        try:
            _, status = os.waitpid(pid, 0)
        except ChildProcessError:
            # Somebody was quicker.
            returncode = 255
            logger.warning("child process pid %d exit status already read:  will report returncode 255", pid)
        else:
            returncode = waitstatus_to_exitcode(status)
        os.close(pidfd)
        callback(pid, returncode, *args)


def _reap(pid, options, loop=None):
    """Wait for a child; return (pid, returncode), or (0, None) if it still runs."""
    try:
        found, status = os.waitpid(pid, options)
    except ChildProcessError:
        logger.warning("Unknown child process pid %d, will report returncode 255", pid)
        return pid, 255
    if found == 0:
        return 0, None
    returncode = waitstatus_to_exitcode(status)
    if loop is not None and loop.get_debug():
        logger.debug("process %s exited with returncode %s", pid, returncode)
    return found, returncode


class ThreadedChildWatcher(_NothingToDo):
    """Waits for each child in a thread."""

    __module__ = "asyncio.unix_events"

    def __init__(self):
        self._pid_counter = itertools.count(0)
        self._threads = {}

    def __del__(self):
        if any(thread.is_alive() for thread in list(self._threads.values())):
            warnings.warn(f"{type(self)} has registered but not finished child processes", ResourceWarning,
                          source=self)

    def add_child_handler(self, pid, callback, *args):
        thread = threading.Thread(target=self._do_waitpid, name=f"asyncio-waitpid-{next(self._pid_counter)}",
                                  args=(events.get_running_loop(), pid, callback, args), daemon=True)
        self._threads[pid] = thread
        thread.start()

    def _do_waitpid(self, loop, expected_pid, callback, args):
        assert expected_pid > 0
        pid, returncode = _reap(expected_pid, 0, loop)
        if loop.is_closed():
            logger.warning("Loop %r that handles pid %r is closed", loop, pid)
        else:
            loop.call_soon_threadsafe(callback, pid, returncode, *args)
        self._threads.pop(expected_pid)


class BaseChildWatcher(AbstractChildWatcher):
    """Looks for ended children when SIGCHLD comes, in one loop."""

    __module__ = "asyncio.unix_events"

    def __init__(self):
        self._loop = None
        self._callbacks = {}

    def close(self):
        self.attach_loop(None)

    def is_active(self):
        return self._loop is not None and self._loop.is_running()

    def _do_waitpid(self, expected_pid):
        raise NotImplementedError()

    def _do_waitpid_all(self):
        raise NotImplementedError()

    def attach_loop(self, loop):
        assert loop is None or isinstance(loop, events.AbstractEventLoop)
        if self._loop is not None and loop is None and self._callbacks:
            warnings.warn("A loop is being detached from a child watcher with pending handlers", RuntimeWarning)
        if self._loop is not None:
            self._loop.remove_signal_handler(signal.SIGCHLD)
        self._loop = loop
        if loop is not None:
            loop.add_signal_handler(signal.SIGCHLD, self._sig_chld)
            # Those that ended before.
            self._do_waitpid_all()

    def _sig_chld(self):
        try:
            self._do_waitpid_all()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            # The loop's handler for exceptions in callbacks would say less.
            self._loop.call_exception_handler({
                "message": "Unknown exception in SIGCHLD handler",
                "exception": exc,
            })


class SafeChildWatcher(BaseChildWatcher):
    """Asks for each child by its id, so that other children are left to whoever started them."""

    __module__ = "asyncio.unix_events"

    def __init__(self):
        super().__init__()
        if _eras.version() >= 12:
            warnings._deprecated("SafeChildWatcher", _DEPRECATED, remove=(3, 14))

    def close(self):
        self._callbacks.clear()
        super().close()

    def __enter__(self):
        return self

    def __exit__(self, a, b, c):
        pass

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = callback, args
        # It may have ended already.
        self._do_waitpid(pid)

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def _do_waitpid_all(self):
        for pid in list(self._callbacks):
            self._do_waitpid(pid)

    def _do_waitpid(self, expected_pid):
        assert expected_pid > 0
        pid, returncode = _reap(expected_pid, os.WNOHANG, self._loop)
        if pid == 0:
            return
        try:
            callback, args = self._callbacks.pop(pid)
        except KeyError:
            if self._loop.get_debug():
                logger.warning("Child watcher got an unexpected pid: %r", pid, exc_info=True)
        else:
            callback(pid, returncode, *args)


class FastChildWatcher(BaseChildWatcher):
    """Asks for whichever child has ended: quick with many children, and takes those of others too."""

    __module__ = "asyncio.unix_events"

    def __init__(self):
        super().__init__()
        self._lock = threading.Lock()
        # Ended, and not known yet: their handlers may be about to be added.
        self._zombies = {}
        # Blocks under way.
        self._forks = 0
        if _eras.version() >= 12:
            warnings._deprecated("FastChildWatcher", _DEPRECATED, remove=(3, 14))

    def close(self):
        self._callbacks.clear()
        self._zombies.clear()
        super().close()

    def __enter__(self):
        with self._lock:
            self._forks += 1
        return self

    def __exit__(self, a, b, c):
        with self._lock:
            self._forks -= 1
            if self._forks or not self._zombies:
                return
            strangers = str(self._zombies)
            self._zombies.clear()
        logger.warning("Caught subprocesses termination from unknown pids: %s", strangers)

    def add_child_handler(self, pid, callback, *args):
        assert self._forks, "Must use the context manager"
        with self._lock:
            if pid not in self._zombies:
                self._callbacks[pid] = callback, args
                return
            returncode = self._zombies.pop(pid)
        callback(pid, returncode, *args)

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def _do_waitpid_all(self):
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                # No children any more.
                return
            if pid == 0:
                return
            returncode = waitstatus_to_exitcode(status)
            with self._lock:
                callback, args = self._callbacks.pop(pid, (None, ()))
                if callback is None and self._forks:
                    self._zombies[pid] = returncode
                    if self._loop.get_debug():
                        logger.debug("unknown process %s exited with returncode %s", pid, returncode)
                    continue
            if callback is None:
                logger.warning("Caught subprocess termination from unknown pid: %d -> %d", pid, returncode)
            else:
                if self._loop.get_debug():
                    logger.debug("process %s exited with returncode %s", pid, returncode)
                callback(pid, returncode, *args)


class MultiLoopChildWatcher(AbstractChildWatcher):
    """As SafeChildWatcher, for loops in any thread."""

    __module__ = "asyncio.unix_events"

    def __init__(self):
        self._callbacks = {}
        self._saved_sighandler = None
        if _eras.version() >= 12:
            warnings._deprecated("MultiLoopChildWatcher", _DEPRECATED, remove=(3, 14))

    def is_active(self):
        return self._saved_sighandler is not None

    def close(self):
        self._callbacks.clear()
        if self._saved_sighandler is None:
            return
        if signal.getsignal(signal.SIGCHLD) != self._sig_chld:
            logger.warning("SIGCHLD handler was changed by outside code")
        else:
            signal.signal(signal.SIGCHLD, self._saved_sighandler)
        self._saved_sighandler = None

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        pass

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = events.get_running_loop(), callback, args
        self._do_waitpid(pid)

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def attach_loop(self, loop):
        # The loop does not matter: each handler has its own.
        if self._saved_sighandler is not None:
            return
        self._saved_sighandler = signal.signal(signal.SIGCHLD, self._sig_chld)
        if self._saved_sighandler is None:
            logger.warning("Previous SIGCHLD handler was set by non-Python code, "
                           "restore to default handler on watcher close.")
            self._saved_sighandler = signal.SIG_DFL
        signal.siginterrupt(signal.SIGCHLD, False)

    def _do_waitpid_all(self):
        for pid in list(self._callbacks):
            self._do_waitpid(pid)

    def _do_waitpid(self, expected_pid):
        assert expected_pid > 0
        pid, returncode = _reap(expected_pid, os.WNOHANG)
        if pid == 0:
            return
        try:
            loop, callback, args = self._callbacks.pop(pid)
        except KeyError:
            logger.warning("Child watcher got an unexpected pid: %r", pid, exc_info=True)
            return
        if loop.is_closed():
            logger.warning("Loop %r that handles pid %r is closed", loop, pid)
        else:
            if loop.get_debug():
                logger.debug("process %s exited with returncode %s", expected_pid, returncode)
            loop.call_soon_threadsafe(callback, pid, returncode, *args)

    def _sig_chld(self, signum, frame):
        try:
            self._do_waitpid_all()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            logger.warning("Unknown exception in SIGCHLD handler", exc_info=True)


def can_use_pidfd():
    """Whether the system gives descriptors of processes."""
    if not hasattr(os, "pidfd_open"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid(), 0))
    except OSError:
        return False
    return True
