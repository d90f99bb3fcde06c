"""Unit tests: classes whose methods are tests, and what finds, runs and reports them.

A `TestCase` is one test method of a class; a `TestSuite` is tests in order; a `TestResult`
is told what became of each; a `TextTestRunner` prints that. `main` puts them together.

Source: Library Reference "unittest".
"""

import _eras

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


def _loader(prefix, sortUsing, suiteClass=None):
    loader = TestLoader()
    loader.testMethodPrefix = prefix
    if sortUsing is not None:
        loader.sortTestMethodsUsing = sortUsing
    if suiteClass is not None:
        loader.suiteClass = suiteClass
    return loader


def _make_suite(testCaseClass, prefix="test", sortUsing=None, suiteClass=TestSuite):
    """The tests of a class, as a suite."""
    _eras.allows("unittest.makeSuite")
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromTestCase(testCaseClass)


def _find_test_cases(module, prefix="test", sortUsing=None, suiteClass=TestSuite):
    """The tests of a module, as a suite."""
    _eras.allows("unittest.findTestCases")
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromModule(module)


def _get_test_case_names(testCaseClass, prefix, sortUsing=None, testNamePatterns=None):
    """The names of the tests of a class."""
    _eras.allows("unittest.getTestCaseNames")
    loader = _loader(prefix, sortUsing)
    loader.testNamePatterns = testNamePatterns
    return loader.getTestCaseNames(testCaseClass)


# Gone since Python 3.13.
_FORMER = {"makeSuite": _make_suite, "findTestCases": _find_test_cases, "getTestCaseNames": _get_test_case_names}


def __dir__():
    return globals().keys() | {"IsolatedAsyncioTestCase"}


def __getattr__(name):
    # asyncio is large: only who writes asynchronous tests pays for it.
    if name == "IsolatedAsyncioTestCase":
        global IsolatedAsyncioTestCase
        from .async_case import IsolatedAsyncioTestCase

        return IsolatedAsyncioTestCase
    if name in _FORMER and _eras.has(f"unittest.{name}"):
        return _FORMER[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
