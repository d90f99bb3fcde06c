"""Contexts: everything that the package offers, for one start method.

Source: Library Reference "multiprocessing", Contexts and start methods.
"""

import os

from . import process
from . import util  # others find it as an attribute of the package
from .process import BaseProcess

__all__ = ()


class ProcessError(Exception):
    pass


class BufferTooShort(ProcessError):
    pass


class TimeoutError(ProcessError):
    pass


class AuthenticationError(ProcessError):
    pass


class Process(BaseProcess):
    """Process objects represent activity that is run in a separate process

    The class is analogous to `threading.Thread`
    """

    _start_method = None


class BaseContext:
    """What the module `multiprocessing` has as functions, as methods."""

    ProcessError = ProcessError
    BufferTooShort = BufferTooShort
    TimeoutError = TimeoutError
    AuthenticationError = AuthenticationError

    Process = Process
    current_process = staticmethod(process.current_process)
    parent_process = staticmethod(process.parent_process)
    active_children = staticmethod(process.active_children)

    def cpu_count(self):
        """Returns the number of CPUs in the system"""
        number = os.cpu_count()
        if number is None:
            raise NotImplementedError("cannot determine number of cpus")
        return number

    def Manager(self):
        """Returns a manager associated with a running server process: not possible yet."""
        raise NotImplementedError("managers are not available")

    def Pipe(self, duplex=True):
        """Returns two connection object connected by a pipe"""
        from .connection import Pipe

        return Pipe(duplex)

    def Lock(self):
        """Returns a non-recursive lock object"""
        from .synchronize import Lock

        return Lock(ctx=self.get_context())

    def RLock(self):
        """Returns a recursive lock object"""
        from .synchronize import RLock

        return RLock(ctx=self.get_context())

    def Condition(self, lock=None):
        """Returns a condition object"""
        from .synchronize import Condition

        return Condition(lock, ctx=self.get_context())

    def Semaphore(self, value=1):
        """Returns a semaphore object"""
        from .synchronize import Semaphore

        return Semaphore(value, ctx=self.get_context())

    def BoundedSemaphore(self, value=1):
        """Returns a bounded semaphore object"""
        from .synchronize import BoundedSemaphore

        return BoundedSemaphore(value, ctx=self.get_context())

    def Event(self):
        """Returns an event object"""
        from .synchronize import Event

        return Event(ctx=self.get_context())

    def Barrier(self, parties, action=None, timeout=None):
        """Returns a barrier object"""
        from .synchronize import Barrier

        return Barrier(parties, action, timeout, ctx=self.get_context())

    def Queue(self, maxsize=0):
        """Returns a queue object"""
        from .queues import Queue

        return Queue(maxsize, ctx=self.get_context())

    def JoinableQueue(self, maxsize=0):
        """Returns a queue object"""
        from .queues import JoinableQueue

        return JoinableQueue(maxsize, ctx=self.get_context())

    def SimpleQueue(self):
        """Returns a queue object"""
        from .queues import SimpleQueue

        return SimpleQueue(ctx=self.get_context())

    def Pool(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        """Returns a process pool object"""
        from .pool import Pool

        return Pool(
            processes, initializer, initargs, maxtasksperchild, context=self.get_context()
        )

    def RawValue(self, typecode_or_type, *args):
        """Returns a shared object"""
        from .sharedctypes import RawValue

        return RawValue(typecode_or_type, *args)

    def RawArray(self, typecode_or_type, size_or_initializer):
        """Returns a shared array"""
        from .sharedctypes import RawArray

        return RawArray(typecode_or_type, size_or_initializer)

    def Value(self, typecode_or_type, *args, lock=True):
        """Returns a synchronized shared object"""
        from .sharedctypes import Value

        return Value(typecode_or_type, *args, lock=lock, ctx=self.get_context())

    def Array(self, typecode_or_type, size_or_initializer, *, lock=True):
        """Returns a synchronized shared array"""
        from .sharedctypes import Array

        return Array(typecode_or_type, size_or_initializer, lock=lock, ctx=self.get_context())

    def freeze_support(self):
        """Check whether this is a fake forked process in a frozen executable: it never is."""

    def get_logger(self):
        """Return package logger -- if it does not already exist then it is created."""
        from .util import get_logger

        return get_logger()

    def log_to_stderr(self, level=None):
        """Turn on logging and add a handler which prints to stderr"""
        from .util import log_to_stderr

        return log_to_stderr(level)

    def allow_connection_pickling(self):
        """Connections can always be given to a child that is being started."""

    def set_executable(self, executable):
        """Sets the path to an interpreter for child processes."""
        from .spawn import set_executable

        set_executable(executable)

    def set_forkserver_preload(self, module_names):
        """Set list of module names to try to load in forkserver process: there is none."""

    def get_context(self, method=None):
        if method is None:
            return self
        try:
            return _contexts[method]
        except KeyError:
            raise ValueError(f"cannot find context for {method!r}") from None

    def get_start_method(self, allow_none=False):
        return self._name

    def set_start_method(self, method, force=False):
        raise ValueError("cannot set start method of concrete context")

    @property
    def reducer(self):
        """Controls how objects will be reduced to a form that can be shared."""
        from . import reduction

        return reduction

    def _check_available(self):
        pass


class _ConcreteContext(BaseContext):
    """The context of one start method. All of them start a new interpreter."""

    def __init__(self, name):
        self._name = name
        self.Process = type(
            f"{name.capitalize()}Process",
            (BaseProcess,),
            {"_start_method": name, "__module__": __name__},
        )
        globals()[self.Process.__name__] = self.Process

    def __reduce__(self):
        return _context_of, (self._name,)


def _context_of(name):
    return _contexts[name]


_contexts = {name: _ConcreteContext(name) for name in ("fork", "spawn", "forkserver")}


class DefaultContext(BaseContext):
    """The context of the module itself, whose start method can be set once."""

    Process = Process

    def __init__(self, context):
        self._default_context = context
        self._actual_context = None

    def get_context(self, method=None):
        if method is None:
            if self._actual_context is None:
                self._actual_context = self._default_context
            return self._actual_context
        return super().get_context(method)

    def set_start_method(self, method, force=False):
        if self._actual_context is not None and not force:
            raise RuntimeError("context has already been set")
        self._actual_context = None if method is None and force else self.get_context(method)

    def get_start_method(self, allow_none=False):
        if self._actual_context is None:
            if allow_none:
                return None
            self._actual_context = self._default_context
        return self._actual_context._name

    def get_all_start_methods(self):
        """Returns a list of the supported start methods, default first."""
        return ["fork", "spawn", "forkserver"]


_default_context = DefaultContext(_contexts["fork"])


def get_spawning_popen():
    """What gathers the descriptors for a child that is being started; None at other times."""
    from .spawn import current_start

    return current_start()


def assert_spawning(obj):
    """Such an object can be given to a child only when that is being started."""
    if get_spawning_popen() is None:
        raise RuntimeError(
            f"{type(obj).__name__} objects should only be shared between processes"
            " through inheritance"
        )
