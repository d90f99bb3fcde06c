"""The context managers behind assertRaises, assertWarns, assertLogs and their kin.

Each is made by an assert method, which uses it itself when it was given something to call.

Source: Library Reference "unittest", TestCase.assertRaises and the methods after it.
"""

import sys
from collections import namedtuple

__unittest = True


def _name_of(thing):
    try:
        return thing.__name__
    except AttributeError:
        return str(thing)


def _is_subtype(expected, basetype):
    if isinstance(expected, tuple):
        return all(_is_subtype(each, basetype) for each in expected)
    return isinstance(expected, type) and issubclass(expected, basetype)


class _AssertContext:
    """What they have in common: the test, and the words of its failure."""

    def __init__(self, test_case):
        self.test_case = test_case

    def _raiseFailure(self, standardMsg):
        msg = self.test_case._formatMessage(self.msg, standardMsg)
        raise self.test_case.failureException(msg)


class _ExpectationContext(_AssertContext):
    """Something of a certain type, and perhaps with a certain text, is expected."""

    def __init__(self, expected, test_case, expected_regex=None):
        super().__init__(test_case)
        self.expected = expected
        self.obj_name = None
        self.msg = None
        if expected_regex is not None:
            import re

            expected_regex = re.compile(expected_regex)
        self.expected_regex = expected_regex

    def handle(self, name, args, kwargs):
        """Without a callable the context manager itself; with one, call it within the context."""
        try:
            if not _is_subtype(self.expected, self._base_type):
                raise TypeError(f"{name}() arg 1 must be {self._base_type_str}")
            if not args:
                self.msg = kwargs.pop("msg", None)
                if kwargs:
                    raise TypeError(
                        f"{next(iter(kwargs))!r} is an invalid keyword argument for this function"
                    )
                return self
            callable_obj, *args = args
            self.obj_name = _name_of(callable_obj)
            with self:
                callable_obj(*args, **kwargs)
        finally:
            # The frame of a failure holds the context, which holds the failure.
            self = None

    def _missing(self, verb):
        text = f"{_name_of(self.expected)} not {verb}"
        if self.obj_name:
            text += f" by {self.obj_name}"
        self._raiseFailure(text)

    def _mismatch(self, text):
        self._raiseFailure(f'"{self.expected_regex.pattern}" does not match "{text}"')


class _AssertRaisesContext(_ExpectationContext):
    """A context manager used to implement TestCase.assertRaises* methods."""

    _base_type = BaseException
    _base_type_str = "an exception type or tuple of exception types"

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, tb):
        if exc_type is None:
            self._missing("raised")
        import traceback

        traceback.clear_frames(tb)
        if not issubclass(exc_type, self.expected):
            return False
        self.exception = exc_value.with_traceback(None)
        if self.expected_regex is not None:
            text = str(exc_value)
            if not self.expected_regex.search(text):
                self._mismatch(text)
        return True

    def __class_getitem__(cls, params):
        import types

        return types.GenericAlias(cls, params)


class _AssertWarnsContext(_ExpectationContext):
    """A context manager used to implement TestCase.assertWarns* methods."""

    _base_type = Warning
    _base_type_str = "a warning type or tuple of warning types"

    def __enter__(self):
        import warnings

        # What was shown before is to be shown again.
        for module in list(sys.modules.values()):
            if getattr(module, "__warningregistry__", None):
                module.__warningregistry__ = {}
        self.warnings_manager = warnings.catch_warnings(record=True)
        self.warnings = self.warnings_manager.__enter__()
        warnings.simplefilter("always", self.expected)
        return self

    def __exit__(self, exc_type, exc_value, tb):
        self.warnings_manager.__exit__(exc_type, exc_value, tb)
        if exc_type is not None:
            return
        of_type = [
            each for each in self.warnings if isinstance(each.message, self.expected)
        ]
        for each in of_type:
            regex = self.expected_regex
            if regex is None or regex.search(str(each.message)):
                self.warning = each.message
                self.filename = each.filename
                self.lineno = each.lineno
                return
        if of_type:
            self._mismatch(str(of_type[0].message))
        self._missing("triggered")


class _AssertNotWarnsContext(_AssertWarnsContext):
    """The opposite, for the tests of the library."""

    def __exit__(self, exc_type, exc_value, tb):
        self.warnings_manager.__exit__(exc_type, exc_value, tb)
        if exc_type is not None:
            return
        for each in self.warnings:
            if isinstance(each.message, self.expected):
                self._raiseFailure(f"{_name_of(self.expected)} triggered")


_LoggingWatcher = namedtuple("_LoggingWatcher", ["records", "output"])


class _AssertLogsContext(_AssertContext):
    """A context manager for assertLogs() and assertNoLogs()"""

    LOGGING_FORMAT = "%(levelname)s:%(name)s:%(message)s"

    def __init__(self, test_case, logger_name, level, no_logs):
        import logging

        super().__init__(test_case)
        self.logger_name = logger_name
        self.level = (
            logging._nameToLevel.get(level, level) if level else logging.INFO
        )
        self.msg = None
        self.no_logs = no_logs

    def __enter__(self):
        import logging

        logger = self.logger_name
        if not isinstance(logger, logging.Logger):
            logger = logging.getLogger(logger)
        self.logger = logger
        handler = _capturing_handler(logging)
        handler.setLevel(self.level)
        handler.setFormatter(logging.Formatter(self.LOGGING_FORMAT))
        self.watcher = handler.watcher
        self.old = logger.handlers, logger.level, logger.propagate
        logger.handlers = [handler]
        logger.setLevel(self.level)
        logger.propagate = False
        return None if self.no_logs else handler.watcher

    def __exit__(self, exc_type, exc_value, tb):
        self.logger.handlers, level, self.logger.propagate = self.old
        self.logger.setLevel(level)
        if exc_type is not None:
            return False
        records, output = self.watcher
        if self.no_logs:
            if records:
                self._raiseFailure(f"Unexpected logs found: {output!r}")
        elif not records:
            import logging

            level = logging.getLevelName(self.level)
            self._raiseFailure(
                f"no logs of level {level} or higher triggered on {self.logger.name}"
            )


def _capturing_handler(logging):
    """A handler that keeps the records and their texts; the class is made late because
    importing logging is."""

    class _CapturingHandler(logging.Handler):
        """A logging handler capturing all (raw and formatted) logging output."""

        def __init__(self):
            logging.Handler.__init__(self)
            self.watcher = _LoggingWatcher([], [])

        def flush(self):
            pass

        def emit(self, record):
            self.watcher.records.append(record)
            self.watcher.output.append(self.format(record))

    return _CapturingHandler()
