"""The logger of asyncio, made when the first record is written: most programs never log, and `logging` is large."""

import sys

__all__ = ()


class _LazyLogger:
    """Stands in for the logger "asyncio" until it is needed."""

    def __getattr__(self, name):
        return getattr(_real(), name)

    def __setattr__(self, name, value):
        setattr(_real(), name, value)

    def __delattr__(self, name):
        delattr(_real(), name)

    def __repr__(self):
        return repr(_real())


class _WhileImporting:
    """Writes to standard error, as `logging` does for a program that has not set it up.

    A finaliser that has something to report may run in the middle of the import of `logging`.
    """

    def error(self, text, *args, exc_info=None):
        if sys.stderr is None:
            return
        sys.stderr.write((text % args if args else text) + "\n")
        if exc_info:
            sys.__excepthook__(*(sys.exc_info() if exc_info is True else exc_info))

    warning = error


def _real():
    import logging
    if getattr(logging.__spec__, "_initializing", False):
        return _WhileImporting()
    return logging.getLogger("asyncio")


def prepare():
    """Import what writing a record takes."""
    _real()


def is_set_up():
    """Whether the program has said where records go; without that, errors end up on standard error."""
    logging = sys.modules.get("logging")
    return (logging is not None and not getattr(logging.__spec__, "_initializing", False)
            and logging.getLogger("asyncio").hasHandlers())


# What the modules of asyncio write to.
lazy_logger = _LazyLogger()


def __getattr__(name):
    if name == "logger":
        globals()["logger"] = found = _real()
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
