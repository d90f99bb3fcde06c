"""Mocks that other threads call: waiting until that has happened.

Source: Library Reference "unittest.mock", ThreadingMock.
"""

import threading

from ._magic import MagicMixin
from ._mocks import Base, Mock

_timeout_unset = object()


class _ThreadingMixin(Base):
    """Waiting for calls that other threads make."""

    __module__ = "unittest.mock"

    DEFAULT_TIMEOUT = None

    def _get_child_mock(self, /, **kw):
        if isinstance(kw.get("parent"), ThreadingMock):
            kw["timeout"] = kw["parent"]._mock_wait_timeout
        elif isinstance(kw.get("_new_parent"), ThreadingMock):
            kw["timeout"] = kw["_new_parent"]._mock_wait_timeout
        return super()._get_child_mock(**kw)

    def __init__(self, *args, timeout=_timeout_unset, **kwargs):
        super().__init__(*args, **kwargs)
        if timeout is _timeout_unset:
            timeout = self.DEFAULT_TIMEOUT
        self.__dict__["_mock_event"] = threading.Event()
        self.__dict__["_mock_calls_events"] = []
        self.__dict__["_mock_calls_events_lock"] = threading.Lock()
        self.__dict__["_mock_wait_timeout"] = timeout

    def _event_for(self, args, kwargs):
        """The event of calls with certain arguments; made when first asked for."""
        with self._mock_calls_events_lock:
            wanted = args, kwargs
            for known, event in self._mock_calls_events:
                if known == wanted:
                    return event
            event = threading.Event()
            self._mock_calls_events.append((wanted, event))
            return event

    def _mock_call(self, /, *args, **kwargs):
        try:
            return super()._mock_call(*args, **kwargs)
        finally:
            # Who waits may look at the result.
            self._mock_event.set()
            self._event_for(args, kwargs).set()

    def reset_mock(self, /, *args, **kwargs):
        """
        See :func:`.Mock.reset_mock()`
        """
        super().reset_mock(*args, **kwargs)
        self.__dict__["_mock_event"] = threading.Event()
        self.__dict__["_mock_calls_events"] = []

    def wait_until_called(self, *, timeout=_timeout_unset):
        """Wait until the mock object is called."""
        if timeout is _timeout_unset:
            timeout = self._mock_wait_timeout
        if not self._mock_event.wait(timeout=timeout):
            raise AssertionError(
                f"{self._mock_name or 'mock'} was not called before timeout({timeout})."
            )

    def wait_until_any_call_with(self, *args, **kwargs):
        """Wait until the mock object is called with given args.

        Waits for the timeout in seconds, either passed or default."""
        timeout = self._mock_wait_timeout
        if not self._event_for(args, kwargs).wait(timeout=timeout):
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(f"{expected} call not found")


class ThreadingMock(_ThreadingMixin, MagicMixin, Mock):
    """
    A mock that can be used to wait until on calls happening
    in a different thread.

    The constructor can take a `timeout` argument which
    controls the timeout in seconds for all `wait` calls of the mock.
    """

    __module__ = "unittest.mock"
