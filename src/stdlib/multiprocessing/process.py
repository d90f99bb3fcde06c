"""Processes: starting one, waiting for it, and what the running one knows of itself.

Source: Library Reference "multiprocessing", Process and exceptions.
"""

import itertools
import os
import sys
import threading

__all__ = ["BaseProcess", "current_process", "active_children", "parent_process"]

try:
    ORIGINAL_DIR = os.path.abspath(os.getcwd())
except OSError:
    ORIGINAL_DIR = None

_process_counter = itertools.count(1)
_children = set()
_dangling = set()


def current_process():
    """Return process object representing the current process"""
    return _current_process


def parent_process():
    """Return process object representing the parent process; None in the main process."""
    return _parent_process


def active_children():
    """Return list of process objects corresponding to live child processes"""
    _cleanup()
    return list(_children)


def _cleanup():
    for child in list(_children):
        handle = child._popen
        if handle is not None and handle.poll() is not None:
            _children.discard(child)


class BaseProcess:
    """A process that runs a function, or the method run() of a subclass."""

    _start_method = None

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        assert group is None, "group argument must be None for now"
        number = next(_process_counter)
        self._identity = _current_process._identity + (number,)
        self._config = _current_process._config.copy()
        self._parent_pid = os.getpid()
        self._parent_name = _current_process.name
        self._popen = None
        self._closed = False
        self._target = target
        self._args = tuple(args)
        self._kwargs = dict(kwargs)
        self._name = name or type(self).__name__ + "-" + ":".join(map(str, self._identity))
        if daemon is not None:
            self.daemon = daemon

    def _check_closed(self):
        if self._closed:
            raise ValueError("process object is closed")

    def run(self):
        """Method to be run in sub-process; can be overridden in sub-class"""
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        """Start child process"""
        self._check_closed()
        assert self._popen is None, "cannot start a process twice"
        assert self._parent_pid == os.getpid(), (
            "can only start a process object created by current process"
        )
        assert not _current_process._config.get("daemon"), (
            "daemonic processes are not allowed to have children"
        )
        _cleanup()
        from .spawn import Popen

        self._popen = Popen(self)
        self._sentinel = self._popen.sentinel
        # What the child was given is not needed here any more.
        del self._target, self._args, self._kwargs
        _children.add(self)

    def terminate(self):
        """Terminate process; sends SIGTERM signal or uses TerminateProcess()"""
        self._check_closed()
        self._popen.terminate()

    def kill(self):
        """Terminate process; sends SIGKILL signal or uses TerminateProcess()"""
        self._check_closed()
        self._popen.kill()

    def join(self, timeout=None):
        """Wait until child process terminates"""
        self._check_closed()
        assert self._parent_pid == os.getpid(), "can only join a child process"
        assert self._popen is not None, "can only join a started process"
        if self._popen.wait(timeout) is not None:
            _children.discard(self)

    def is_alive(self):
        """Return whether process is alive"""
        self._check_closed()
        if self is _current_process:
            return True
        assert self._parent_pid == os.getpid(), "can only test a child process"
        if self._popen is None:
            return False
        if self._popen.poll() is None:
            return True
        _children.discard(self)
        return False

    def close(self):
        """
        Close the Process object.

        This method releases resources held by the Process object.  It is
        an error to call this method if the child process is still running.
        """
        if self._popen is not None:
            if self._popen.poll() is None:
                raise ValueError(
                    "Cannot close a process while it is still running. "
                    "You should first call join() or terminate()."
                )
            self._popen.close()
            self._popen = None
            del self._sentinel
            _children.discard(self)
        self._closed = True

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        assert isinstance(name, str), "name must be a string"
        self._name = name

    @property
    def daemon(self):
        """Return whether process is a daemon"""
        return self._config.get("daemon", False)

    @daemon.setter
    def daemon(self, daemonic):
        """Set whether process is a daemon"""
        assert self._popen is None, "process has already started"
        self._config["daemon"] = daemonic

    @property
    def authkey(self):
        return self._config["authkey"]

    @authkey.setter
    def authkey(self, authkey):
        """Set authorization key of process"""
        self._config["authkey"] = bytes(authkey)

    @property
    def exitcode(self):
        """Return exit code of process or `None` if it has yet to stop"""
        self._check_closed()
        if self._popen is None:
            return None
        return self._popen.poll()

    @property
    def ident(self):
        """Return identifier (PID) of process or `None` if it has yet to start"""
        self._check_closed()
        if self is _current_process:
            return os.getpid()
        return self._popen and self._popen.pid

    pid = ident

    @property
    def sentinel(self):
        """Return a file descriptor suitable for waiting for process termination."""
        self._check_closed()
        try:
            return self._sentinel
        except AttributeError:
            raise ValueError("process not started") from None

    def __repr__(self):
        status = None
        if self is _current_process:
            status = "started"
        elif self._closed:
            status = "closed"
        elif self._parent_pid != os.getpid():
            status = "unknown"
        elif self._popen is None:
            status = "initial"
        else:
            code = self._popen.poll()
            status = "started" if code is None else "stopped"
        parts = [type(self).__name__, f"name={self._name!r}"]
        if self._popen is not None:
            parts.append(f"pid={self._popen.pid}")
        parts += [f"parent={self._parent_pid}", status]
        if self._popen is not None and status == "stopped":
            code = self.exitcode
            parts.append(f"exitcode={_exitcode_to_name.get(code, code)}")
        if self.daemon:
            parts.append("daemon")
        return f"<{' '.join(parts)}>"

    def __getstate__(self):
        # The child has no handle of itself.
        state = self.__dict__.copy()
        state["_popen"] = None
        state.pop("_sentinel", None)
        return state

    def _bootstrap(self, parent_sentinel=None):
        """Runs in the child: gives its exit code."""
        global _current_process, _parent_process, _process_counter
        from . import util

        _current_process = self
        _process_counter = itertools.count(1)
        _children.clear()
        _parent_process = _ParentProcess(self._parent_name, self._parent_pid)
        threading.current_thread().name = "MainThread"
        code = 1
        try:
            try:
                self.run()
                code = 0
            finally:
                util._exit_function()
        except SystemExit as error:
            if error.code is None:
                code = 0
            elif isinstance(error.code, int):
                code = error.code
            else:
                sys.stderr.write(f"{error.code}\n")
                code = 1
        except BaseException:
            code = 1
            import traceback

            sys.stderr.write(f"Process {self.name}:\n")
            traceback.print_exc()
        finally:
            threading._shutdown()
            for stream in (sys.stdout, sys.stderr):
                try:
                    stream.flush()
                except (AttributeError, ValueError, OSError):
                    pass
        return code


class _ParentProcess(BaseProcess):
    """The parent, as its child sees it."""

    def __init__(self, name, pid):
        self._identity = ()
        self._name = name
        self._pid = pid
        self._parent_pid = None
        self._popen = None
        self._closed = False
        self._config = {}

    def is_alive(self):
        return os.getppid() == self._pid

    @property
    def ident(self):
        return self._pid

    pid = ident

    def join(self, timeout=None):
        """Wait until parent process terminates"""
        import time

        end = None if timeout is None else time.monotonic() + timeout
        while self.is_alive() and (end is None or time.monotonic() < end):
            time.sleep(0.01)


class _MainProcess(BaseProcess):
    """The process that the program began in."""

    def __init__(self):
        self._identity = ()
        self._name = "MainProcess"
        self._parent_pid = None
        self._popen = None
        self._closed = False
        self._config = {"authkey": os.urandom(32), "semprefix": "/mp"}

    def close(self):
        pass


_parent_process = None
_current_process = _MainProcess()
_exitcode_to_name = {}


def _name_exit_codes():
    import signal

    for member in signal.Signals:
        _exitcode_to_name[-member.value] = f"-{member.name}"


_name_exit_codes()
