"""The program: reads the command line, loads the tests that it names, runs them, and exits.

The exit status is 0 when all went well, 1 when something failed, 5 when there was no test.

Source: Library Reference "unittest", Command-Line Interface.
"""

import os
import sys

from . import loader, runner
from .signals import installHandler

__unittest = True

_NO_TESTS = 5

_EXAMPLES_OF_COMMAND = """\
Examples:
  %(prog)s test_module               - run tests from test_module
  %(prog)s module.TestClass          - run tests from module.TestClass
  %(prog)s module.Class.test_method  - run specified test method
  %(prog)s path/to/test_file.py      - run tests from test_file.py
"""

_EXAMPLES_OF_MODULE = """\
Examples:
  %(prog)s                           - run default set of tests
  %(prog)s MyTestSuite               - run suite 'MyTestSuite'
  %(prog)s MyTestCase.testSomething  - run MyTestCase.testSomething
  %(prog)s MyTestCase                - run all 'test*' test methods
                                       in MyTestCase
"""


def _convert_name(name):
    """The module's name, where the file was named."""
    if not (os.path.isfile(name) and name.lower().endswith(".py")):
        return name
    if os.path.isabs(name):
        relative = os.path.relpath(name, os.getcwd())
        if os.path.isabs(relative) or relative.startswith(os.pardir):
            return name
        name = relative
    return os.path.normpath(name)[:-3].replace("\\", ".").replace("/", ".")


def _convert_select_pattern(pattern):
    return pattern if "*" in pattern else f"*{pattern}*"


class TestProgram:
    """A command-line program that runs a set of tests; this is primarily
    for making test modules conveniently executable.
    """

    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None
    _discovery_parser = None

    def __init__(
        self,
        module="__main__",
        defaultTest=None,
        argv=None,
        testRunner=None,
        testLoader=loader.defaultTestLoader,
        exit=True,
        verbosity=1,
        failfast=None,
        catchbreak=None,
        buffer=None,
        warnings=None,
        *,
        tb_locals=False,
        durations=None,
    ):
        if isinstance(module, str):
            self.module = __import__(module)
            for part in module.split(".")[1:]:
                self.module = getattr(self.module, part)
        else:
            self.module = module
        if argv is None:
            argv = sys.argv
        self.exit = exit
        self.failfast = failfast
        self.catchbreak = catchbreak
        self.verbosity = verbosity
        self.buffer = buffer
        self.tb_locals = tb_locals
        self.durations = durations
        if warnings is None and not sys.warnoptions:
            # Tests are where deprecated things should show.
            self.warnings = "default"
        else:
            self.warnings = warnings
        self.defaultTest = defaultTest
        self.testRunner = testRunner
        self.testLoader = testLoader
        self.progName = os.path.basename(argv[0])
        self.parseArgs(argv)
        self.runTests()

    def _print_help(self, *args, **kwargs):
        parser = self._main_parser()
        print(parser.format_help())
        if self.module is None:
            print(_EXAMPLES_OF_COMMAND % {"prog": self.progName})
            self._make_discovery_parser().print_help()
        else:
            print(_EXAMPLES_OF_MODULE % {"prog": self.progName})

    def parseArgs(self, argv):
        if self.module is None and argv[1:2] and argv[1].lower() == "discover":
            self._do_discovery(argv[2:])
            return
        if argv[1:]:
            parser = self._main_parser()
            parser.print_help = self._print_help
            parser.parse_args(argv[1:], self)
        else:
            self.tests = []
        if self.module is None and not self.tests:
            # Tests are not named: all of this folder are meant.
            self._do_discovery([])
            return
        if self.tests:
            self.testNames = [_convert_name(name) for name in self.tests]
            if __name__ == "__main__":
                self.module = None
        elif self.defaultTest is None:
            # createTests() will load tests from self.module.
            self.testNames = None
        elif isinstance(self.defaultTest, str):
            self.testNames = (self.defaultTest,)
        else:
            self.testNames = list(self.defaultTest)
        self.createTests()

    def createTests(self, from_discovery=False, Loader=None):
        if self.testNamePatterns:
            self.testLoader.testNamePatterns = self.testNamePatterns
        if from_discovery:
            test_loader = self.testLoader if Loader is None else Loader()
            self.test = test_loader.discover(self.start, self.pattern, self.top)
        elif self.testNames is None:
            self.test = self.testLoader.loadTestsFromModule(self.module)
        else:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)

    def _options(self):
        """A parser of the options that both forms of the command have."""
        import argparse

        parser = argparse.ArgumentParser(prog=self.progName, add_help=False)

        def option(short, long, dest, help, **settings):
            parser.add_argument(short, long, dest=dest, help=help, **settings)

        def flag(short, long, dest, help):
            if getattr(self, dest) is None:
                setattr(self, dest, False)
            option(short, long, dest, help, action="store_true")

        verbose = {"action": "store_const", "const": 2}
        quiet = {"action": "store_const", "const": 0}
        option("-v", "--verbose", "verbosity", "Verbose output", **verbose)
        option("-q", "--quiet", "verbosity", "Quiet output", **quiet)
        parser.add_argument(
            "--locals",
            dest="tb_locals",
            action="store_true",
            help="Show local variables in tracebacks",
        )
        parser.add_argument(
            "--durations",
            dest="durations",
            type=int,
            default=None,
            metavar="N",
            help="Show the N slowest test cases (N=0 for all)",
        )
        # Who calls main(failfast=...) has decided, and the option is not there.
        for short, long, dest, help in (
            ("-f", "--failfast", "failfast", "Stop on first fail or error"),
            ("-c", "--catch", "catchbreak", "Catch Ctrl-C and display results so far"),
            ("-b", "--buffer", "buffer", "Buffer stdout and stderr during tests"),
        ):
            if getattr(self, dest) is None:
                flag(short, long, dest, help)
        if self.testNamePatterns is None:
            parser.add_argument(
                "-k",
                dest="testNamePatterns",
                action="append",
                type=_convert_select_pattern,
                help="Only run tests which match the given substring",
            )
        return parser

    def _main_parser(self):
        import argparse

        parser = argparse.ArgumentParser(prog=self.progName, parents=[self._options()])
        parser.add_argument(
            "tests",
            nargs="*",
            help="a list of any number of test modules, classes and test methods.",
        )
        return parser

    def _make_discovery_parser(self):
        import argparse

        parser = argparse.ArgumentParser(
            prog=f"{self.progName} discover",
            parents=[self._options()],
            epilog=(
                "For test discovery all test modules must be "
                "importable from the top level directory of the "
                "project."
            ),
        )
        for name, long, dest, default, help in (
            ("-s", "--start-directory", "start", ".", "Directory to start discovery"),
            ("-p", "--pattern", "pattern", "test*.py", "Pattern to match tests"),
        ):
            parser.add_argument(
                name, long, dest=dest, help=f"{help} ('{default}' default)"
            )
        parser.add_argument(
            "-t",
            "--top-level-directory",
            dest="top",
            help="Top level directory of project (defaults to start directory)",
        )
        # The same three may stand without their options.
        for dest in ("start", "pattern", "top"):
            parser.add_argument(
                dest, nargs="?", default=argparse.SUPPRESS, help=argparse.SUPPRESS
            )
        return parser

    def _do_discovery(self, argv, Loader=None):
        self.start, self.pattern, self.top = ".", "test*.py", None
        if argv:
            self._make_discovery_parser().parse_args(argv, self)
        self.createTests(from_discovery=True, Loader=Loader)

    def runTests(self):
        if self.catchbreak:
            installHandler()
        if self.testRunner is None:
            self.testRunner = runner.TextTestRunner
        test_runner = self.testRunner
        if isinstance(test_runner, type):
            test_runner = self._make_runner(test_runner)
        self.result = test_runner.run(self.test)
        if self.exit:
            if self.result.testsRun == 0 and not self.result.skipped:
                sys.exit(_NO_TESTS)
            sys.exit(not self.result.wasSuccessful())

    def _make_runner(self, runner_class):
        settings = {
            "verbosity": self.verbosity,
            "failfast": self.failfast,
            "buffer": self.buffer,
            "warnings": self.warnings,
        }
        newer = {"tb_locals": self.tb_locals, "durations": self.durations}
        # Runners of others may not know what was added over the years.
        for more in (newer, {"tb_locals": self.tb_locals}, {}):
            try:
                return runner_class(**settings, **more)
            except TypeError:
                pass
        return runner_class()


main = TestProgram
