"""What the modules of the package share: finalizers, the end of a process, the logger.

Source: Library Reference "multiprocessing", Logging.
"""

import itertools
import os
import weakref

__all__ = [
    "sub_debug", "debug", "info", "sub_warning", "get_logger", "log_to_stderr", "get_temp_dir", "register_after_fork",
    "is_exiting", "Finalize", "close_all_fds_except", "SUBDEBUG",
    "SUBWARNING",
]

NOTSET = 0
SUBDEBUG = 5
DEBUG = 10
INFO = 20
SUBWARNING = 25
WARNING = 30

LOGGER_NAME = "multiprocessing"
DEFAULT_LOGGING_FORMAT = "[%(levelname)s/%(processName)s] %(message)s"

_logger = None
_log_to_stderr = False


def sub_debug(msg, *args):
    if _logger:
        _logger.log(SUBDEBUG, msg, *args, stacklevel=2)


def debug(msg, *args):
    if _logger:
        _logger.log(DEBUG, msg, *args, stacklevel=2)


def info(msg, *args):
    if _logger:
        _logger.log(INFO, msg, *args, stacklevel=2)


def sub_warning(msg, *args):
    if _logger:
        _logger.log(SUBWARNING, msg, *args, stacklevel=2)


def get_logger():
    """Returns logger used by multiprocessing"""
    global _logger
    import logging

    if _logger is None:
        _logger = logging.getLogger(LOGGER_NAME)
        _logger.propagate = 0
        logging.addLevelName(SUBDEBUG, "SUBDEBUG")
        logging.addLevelName(SUBWARNING, "SUBWARNING")
    return _logger


def log_to_stderr(level=None):
    """Turn on logging and add a handler which prints to stderr"""
    global _log_to_stderr
    import logging

    logger = get_logger()
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(DEFAULT_LOGGING_FORMAT))
    logger.addHandler(handler)
    if level:
        logger.setLevel(level)
    _log_to_stderr = True
    return _logger


def get_temp_dir():
    """The directory for files of this process and its children."""
    from . import process

    config = process.current_process()._config
    folder = config.get("tempdir")
    if folder is None:
        import shutil
        import tempfile

        folder = config["tempdir"] = tempfile.mkdtemp(prefix="pymp-")
        Finalize(None, shutil.rmtree, args=(folder, True), exitpriority=-100)
    return folder


def register_after_fork(obj, func):
    """Nothing is ever forked."""


_finalizer_registry = {}
_finalizer_counter = itertools.count()


class Finalize:
    """Calls a function when an object goes, or at the end of the process, once."""

    def __init__(self, obj, callback, args=(), kwargs=None, exitpriority=None):
        if exitpriority is not None and not isinstance(exitpriority, int):
            raise TypeError(
                f"Exitpriority ({exitpriority!r}) must be None or int, not {type(exitpriority)}"
            )
        if obj is not None:
            self._weakref = weakref.ref(obj, self)
        elif exitpriority is None:
            raise ValueError("Without object, exitpriority cannot be None")
        self._callback = callback
        self._args = args
        self._kwargs = kwargs or {}
        self._key = (exitpriority, next(_finalizer_counter))
        self._pid = os.getpid()
        _finalizer_registry[self._key] = self

    def __call__(self, wr=None):
        """Run the callback unless it has already been called or cancelled"""
        if _finalizer_registry.pop(self._key, None) is None:
            return None
        return self._callback(*self._args, **self._kwargs)

    def cancel(self):
        """Cancel finalization of the object"""
        _finalizer_registry.pop(self._key, None)

    def still_active(self):
        """Return whether this finalizer is still waiting to invoke callback"""
        return self._key in _finalizer_registry


def _run_finalizers(minpriority=None):
    """Runs those with a priority that is high enough, the highest first."""
    keys = [
        key
        for key in _finalizer_registry
        if key[0] is not None and (minpriority is None or key[0] >= minpriority)
    ]
    for key in sorted(keys, reverse=True):
        finalizer = _finalizer_registry.get(key)
        if finalizer is not None:
            try:
                finalizer()
            except Exception:
                import traceback

                traceback.print_exc()


_exiting = False


def is_exiting():
    """Returns true if the process is shutting down"""
    return _exiting


def _exit_function():
    """The end of a process: daemons are ended, other children waited for, queues emptied."""
    global _exiting
    if _exiting:
        return
    _exiting = True
    from . import process

    info("process shutting down")
    _run_finalizers(0)
    children = process.active_children()
    for child in children:
        if child.daemon:
            child._popen.terminate()
    for child in children:
        child.join()
    _run_finalizers()


def _register_exit():
    import atexit

    atexit.register(_exit_function)


_register_exit()


def _cleanup_tests():
    """What CPython's tests call when a module of theirs is done."""
    from . import process

    process._cleanup()


def close_fds(*fds):
    """Close each file descriptor given as an argument"""
    for fd in fds:
        os.close(fd)


def close_all_fds_except(fds):
    """Close all descriptors but these and the standard streams."""
    keep = sorted({0, 1, 2, *fds, 1024})
    for low, high in zip(keep, keep[1:]):
        os.closerange(low + 1, high)
