"""Unit tests: classes whose methods are tests, and what finds, runs and reports them.

A `TestCase` is one test method of a class; a `TestSuite` is tests in order; a `TestResult`
is told what became of each; a `TextTestRunner` prints that. `main` puts them together.

Source: Library Reference "unittest".
"""

from .result import TestResult
from .case import (
    FunctionTestCase,
    SkipTest,
    TestCase,
    addModuleCleanup,
    doModuleCleanups,
    enterModuleContext,
    expectedFailure,
    skip,
    skipIf,
    skipUnless,
)
from .suite import BaseTestSuite, TestSuite
from .loader import TestLoader, defaultTestLoader
from .main import TestProgram, main
from .runner import TextTestResult, TextTestRunner
from .signals import installHandler, registerResult, removeHandler, removeResult

__all__ = [
    "IsolatedAsyncioTestCase",
    "TestResult",
    "TestCase",
    "TestSuite",
    "TextTestRunner",
    "TestLoader",
    "FunctionTestCase",
    "main",
    "defaultTestLoader",
    "SkipTest",
    "skip",
    "skipIf",
    "skipUnless",
    "expectedFailure",
    "TextTestResult",
    "installHandler",
    "registerResult",
    "removeResult",
    "removeHandler",
    "addModuleCleanup",
    "doModuleCleanups",
    "enterModuleContext",
]

# Frames of modules with this name are left out of the tracebacks of failed tests.
__unittest = True


def _make_suite(testCaseClass, prefix="test", sortUsing=None, suiteClass=TestSuite):
    """The tests of a class, as a suite."""
    loader = TestLoader()
    loader.testMethodPrefix, loader.suiteClass = prefix, suiteClass
    if sortUsing is not None:
        loader.sortTestMethodsUsing = sortUsing
    return loader.loadTestsFromTestCase(testCaseClass)


def __dir__():
    return globals().keys() | {"IsolatedAsyncioTestCase"}


def __getattr__(name):
    # asyncio is large: only who writes asynchronous tests pays for it.
    if name == "IsolatedAsyncioTestCase":
        global IsolatedAsyncioTestCase
        from .async_case import IsolatedAsyncioTestCase

        return IsolatedAsyncioTestCase
    if name == "makeSuite":
        import _eras

        if _eras.allows("unittest.makeSuite"):
            return _make_suite
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
