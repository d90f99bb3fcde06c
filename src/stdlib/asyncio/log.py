"""The logger of asyncio, made when the first record is written: most programs never log, and `logging` is large."""

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


def _real():
    import logging
    return logging.getLogger("asyncio")


# What the modules of asyncio write to.
lazy_logger = _LazyLogger()


def __getattr__(name):
    if name == "logger":
        globals()["logger"] = found = _real()
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
