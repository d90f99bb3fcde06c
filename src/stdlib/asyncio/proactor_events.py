"""Event loops over completions, which only Windows has: the class is here for `isinstance`, which says no."""

from . import base_events

__all__ = ("BaseProactorEventLoop",)


class BaseProactorEventLoop(base_events.BaseEventLoop):
    """A loop that is told when an operation is complete rather than when it could begin."""

    def __init__(self, proactor):
        raise NotImplementedError("event loops over completions exist only on Windows")
