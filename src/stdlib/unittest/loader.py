"""Finding tests: in a class, a module, by name, and in all files of a folder.

What cannot be imported becomes a test that fails with the reason, so that a run reports it
among the others.

Source: Library Reference "unittest", Loading and running tests; Test discovery; load_tests
Protocol.
"""

import functools
import os
import sys
import traceback
import types

from . import case, suite, util

__unittest = True


class _FailedTest(case.TestCase):
    """Stands for tests that could not be loaded."""

    _testMethodName = None

    def __init__(self, method_name, exception):
        self._exception = exception
        super().__init__(method_name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super().__getattr__(name)

        def testFailure():
            raise self._exception

        return testFailure


def _failed(name, exception, message, suiteClass):
    return suiteClass((_FailedTest(name, exception),)), message


def _failed_import(name, suiteClass):
    message = f"Failed to import test module: {name}\n{traceback.format_exc()}"
    return _failed(name, ImportError(message), message, suiteClass)


def _failed_load_tests(name, exception, suiteClass):
    message = f"Failed to call load_tests:\n{traceback.format_exc()}"
    return _failed(name, exception, message, suiteClass)


def _skipped_module(name, exception, suiteClass):
    @case.skip(str(exception))
    def test_skipped(self):
        pass

    module_class = type("ModuleSkipped", (case.TestCase,), {name: test_skipped})
    return suiteClass((module_class(name),))


def _without_ending(path):
    return path[: -len("$py.class")] if path.lower().endswith("$py.class") else os.path.splitext(path)[0]


def _is_test_class(obj):
    return (
        isinstance(obj, type)
        and issubclass(obj, case.TestCase)
        and obj not in (case.TestCase, case.FunctionTestCase)
    )


def _is_identifier_file(name):
    return name.endswith(".py") and name[:-3].isidentifier()


class TestLoader:
    """
    This class is responsible for loading tests according to various criteria
    and returning them wrapped in a TestSuite
    """

    testMethodPrefix = "test"
    sortTestMethodsUsing = staticmethod(util.three_way_cmp)
    testNamePatterns = None
    suiteClass = suite.TestSuite
    _top_level_dir = None

    def __init__(self):
        super().__init__()
        self.errors = []
        # Packages whose load_tests runs now: it may ask for the discovery that called it.
        self._loading_packages = set()

    def loadTestsFromTestCase(self, testCaseClass):
        """Return a suite of all test cases contained in testCaseClass"""
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError(
                "Test cases should not be derived from "
                "TestSuite. Maybe you meant to derive from "
                "TestCase?"
            )
        if testCaseClass in (case.TestCase, case.FunctionTestCase):
            names = []
        else:
            names = self.getTestCaseNames(testCaseClass)
            if not names and hasattr(testCaseClass, "runTest"):
                names = ["runTest"]
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *, pattern=None):
        """Return a suite of all test cases contained in the given module"""
        tests = []
        for name in dir(module):
            obj = getattr(module, name)
            if _is_test_class(obj):
                tests.append(self.loadTestsFromTestCase(obj))
        load_tests = getattr(module, "load_tests", None)
        tests = self.suiteClass(tests)
        if load_tests is None:
            return tests
        try:
            return load_tests(self, tests, pattern)
        except Exception as error:
            failed, message = _failed_load_tests(
                module.__name__, error, self.suiteClass
            )
            self.errors.append(message)
            return failed

    def loadTestsFromName(self, name, module=None):
        """Return a suite of all test cases given a string specifier.

        The name may resolve either to a module, a test case class, a
        test method within a test case class, or a callable object which
        returns a TestCase or TestSuite instance.

        The method optionally resolves the names relative to a given module.
        """
        parts = name.split(".")
        failed = None
        if module is None:
            # The longest beginning that is a module; the rest is attributes of it.
            length = len(parts)
            while True:
                try:
                    module = __import__(".".join(parts[:length]))
                    break
                except ImportError:
                    length -= 1
                    failed = _failed_import(parts[length], self.suiteClass)
                    if length == 0:
                        return self._reported(failed)
            parts = parts[1:]
        parent, obj = None, module
        for part in parts:
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as error:
                if getattr(obj, "__path__", None) is not None and failed is not None:
                    # It is a submodule that could not be imported.
                    return self._reported(failed)
                message = f"Failed to access attribute:\n{traceback.format_exc()}"
                return self._reported(
                    _failed(part, error, message, self.suiteClass)
                )
        return self._tests_of(parent, obj, parts)

    def _reported(self, failed):
        tests, message = failed
        self.errors.append(message)
        return tests

    def _tests_of(self, parent, obj, parts):
        """The tests that a name stands for, once it is resolved."""
        if isinstance(obj, types.ModuleType):
            return self.loadTestsFromModule(obj)
        if _is_test_class(obj):
            return self.loadTestsFromTestCase(obj)
        if (
            isinstance(obj, types.FunctionType)
            and isinstance(parent, type)
            and issubclass(parent, case.TestCase)
        ):
            name = parts[-1]
            test = parent(name)
            # A static method is called like any other callable, below.
            if not isinstance(getattr(test, name), types.FunctionType):
                return self.suiteClass([test])
        elif isinstance(obj, suite.TestSuite):
            return obj
        if not callable(obj):
            raise TypeError(f"don't know how to make test from: {obj}")
        test = obj()
        if isinstance(test, suite.TestSuite):
            return test
        if isinstance(test, case.TestCase):
            return self.suiteClass([test])
        raise TypeError(f"calling {obj} returned {test}, not a test")

    def loadTestsFromNames(self, names, module=None):
        """Return a suite of all test cases found using the given sequence
        of string specifiers. See 'loadTestsFromName()'.
        """
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        """Return a sorted sequence of method names found within testCaseClass"""
        prefix = f"{testCaseClass.__module__}.{testCaseClass.__qualname__}."

        def wanted(name):
            if not name.startswith(self.testMethodPrefix):
                return False
            if not callable(getattr(testCaseClass, name)):
                return False
            if self.testNamePatterns is None:
                return True
            from fnmatch import fnmatchcase

            return any(
                fnmatchcase(prefix + name, pattern) for pattern in self.testNamePatterns
            )

        names = list(filter(wanted, dir(testCaseClass)))
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        """Find and return all test modules from the specified start
        directory, recursing into subdirectories to find them and return all
        tests found within them. Only test files that match the pattern will
        be loaded. (Using shell style pattern matching.)

        All test modules must be importable from the top level of the project.
        If the start directory is not the top level directory then the top
        level directory must be specified separately.
        """
        original = self._top_level_dir
        is_default = False
        if top_level_dir is None and self._top_level_dir is not None:
            # Called from load_tests of a package that is being discovered.
            top_level_dir = self._top_level_dir
        elif top_level_dir is None:
            is_default = True
            top_level_dir = start_dir
        top_level_dir = os.path.abspath(top_level_dir)
        if top_level_dir not in sys.path:
            sys.path.insert(0, top_level_dir)
        self._top_level_dir = top_level_dir
        importable = True
        if os.path.isdir(os.path.abspath(start_dir)):
            start_dir = os.path.abspath(start_dir)
            if start_dir != top_level_dir:
                importable = os.path.isfile(os.path.join(start_dir, "__init__.py"))
        else:
            start_dir, importable = self._folder_of_module(start_dir)
            if importable and is_default:
                sys.path.remove(top_level_dir)
        if not importable:
            raise ImportError(f"Start directory is not importable: {start_dir!r}")
        tests = list(self._find_tests(start_dir, pattern))
        self._top_level_dir = original
        return self.suiteClass(tests)

    def _folder_of_module(self, name):
        """The folder of a package that was named where a folder may be."""
        try:
            __import__(name)
        except ImportError:
            return name, False
        module, first = sys.modules[name], name.split(".")[0]
        try:
            folder = os.path.dirname(module.__file__)
        except AttributeError:
            if name in sys.builtin_module_names:
                raise TypeError(
                    "Can not use builtin modules as dotted module names"
                ) from None
            raise TypeError(
                f"don't know how to discover from {module!r}"
            ) from None
        if module is not None:
            self._top_level_dir = self._directory_of(first)
        return os.path.abspath(folder), True

    def _directory_of(self, name):
        """The folder in which the outermost package stands."""
        path = os.path.abspath(sys.modules[name].__file__)
        folder = os.path.dirname(path)
        if os.path.basename(path).lower().startswith("__init__.py"):
            return os.path.dirname(folder)
        return folder

    def _get_name_from_path(self, path):
        if path == self._top_level_dir:
            return "."
        path = _without_ending(os.path.normpath(path))
        relative = os.path.relpath(path, self._top_level_dir)
        assert not os.path.isabs(relative), "Path must be within the project"
        assert not relative.startswith(".."), "Path must be within the project"
        return relative.replace(os.path.sep, ".")

    def _get_module_from_name(self, name):
        __import__(name)
        return sys.modules[name]

    def _match_path(self, path, full_path, pattern):
        # For subclasses to override.
        from fnmatch import fnmatch

        return fnmatch(path, pattern)

    def _find_tests(self, start_dir, pattern):
        """The suites of a folder and of all that are below it, one by one."""
        name = self._get_name_from_path(start_dir)
        # A package that is being loaded has been looked at.
        if name != "." and name not in self._loading_packages:
            tests, descend = self._find_test_path(start_dir, pattern)
            if tests is not None:
                yield tests
            if not descend:
                # Its load_tests has seen to the rest.
                return
        for entry in sorted(os.listdir(start_dir)):
            path = os.path.join(start_dir, entry)
            tests, descend = self._find_test_path(path, pattern)
            if tests is not None:
                yield tests
            if descend:
                name = self._get_name_from_path(path)
                self._loading_packages.add(name)
                try:
                    yield from self._find_tests(path, pattern)
                finally:
                    self._loading_packages.discard(name)

    def _find_test_path(self, full_path, pattern):
        """The tests of one file or package, and whether to look below it."""
        if os.path.isfile(full_path):
            return self._tests_of_file(full_path, pattern), False
        if not os.path.isdir(full_path):
            return None, False
        if not os.path.isfile(os.path.join(full_path, "__init__.py")):
            return None, False
        tests = None
        name = self._get_name_from_path(full_path)
        try:
            package = self._get_module_from_name(name)
        except case.SkipTest as error:
            return _skipped_module(name, error, self.suiteClass), False
        except Exception:
            return self._reported(_failed_import(name, self.suiteClass)), False
        load_tests = getattr(package, "load_tests", None)
        self._loading_packages.add(name)
        try:
            tests = self.loadTestsFromModule(package, pattern=pattern)
            return tests, load_tests is None
        finally:
            self._loading_packages.discard(name)

    def _tests_of_file(self, full_path, pattern):
        basename = os.path.basename(full_path)
        if not _is_identifier_file(basename):
            return None
        if not self._match_path(basename, full_path, pattern):
            return None
        name = self._get_name_from_path(full_path)
        try:
            module = self._get_module_from_name(name)
        except case.SkipTest as error:
            return _skipped_module(name, error, self.suiteClass)
        except Exception:
            return self._reported(_failed_import(name, self.suiteClass))
        found = os.path.abspath(getattr(module, "__file__", full_path))
        real = os.path.realpath(_without_ending(found))
        wanted = os.path.realpath(_without_ending(full_path))
        if real.lower() != wanted.lower():
            module_dir = os.path.dirname(real)
            stem = _without_ending(os.path.basename(full_path))
            expected_dir = os.path.dirname(full_path)
            raise ImportError(
                f"{stem!r} module incorrectly imported from {module_dir!r}. "
                f"Expected {expected_dir!r}. Is this module globally installed?"
            )
        return self.loadTestsFromModule(module, pattern=pattern)


defaultTestLoader = TestLoader()
