"""Module `traceback` explains each exception once: as a member of a group rather than as its cause."""
import sys
import traceback


def raised():
    try:
        raise ValueError("original")
    except ValueError:
        raise KeyError("during")


try:
    raised()
except KeyError as error:
    group = ExceptionGroup("group", [error, TypeError("t"), ExceptionGroup("inner", [error])])
    group.__cause__ = error
summary = traceback.TracebackException.from_exception(group, compact=True)
print(repr(summary.__cause__.__context__), summary.exceptions[0].__context__)
print(summary.exceptions[2].exceptions[0].__context__)
traceback.print_exception(group, file=sys.stdout)
first, second = ValueError("first"), ValueError("second")
first.__context__, second.__context__ = second, first
traceback.print_exception(first, file=sys.stdout)
