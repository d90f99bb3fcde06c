"""The assert methods of TestCase, and the messages with which they fail.

Source: Library Reference "unittest", TestCase; the words are those of CPython 3.13.
"""

import _eras

from . import _contexts
from .util import (
    _common_shorten_repr,
    _count_diff_all_purpose,
    _count_diff_hashable,
    safe_repr,
)

__unittest = True

DIFF_OMITTED = (
    "\nDiff is %s characters long. Set self.maxDiff to None to see it."
)


def _difference(first, second):
    """Two objects line by line, as pprint shows them."""
    import difflib
    import pprint

    lines = (pprint.pformat(each).splitlines() for each in (first, second))
    return "\n" + "\n".join(difflib.ndiff(*lines))


class Assertions:
    """What a test can state. A statement that does not hold raises `failureException`."""

    failureException = AssertionError
    longMessage = True
    maxDiff = 80 * 8
    # Longer texts are not compared line by line: that takes quadratic time.
    _diffThreshold = 2**16

    # Which method compares two objects of one type; str ones are looked up on the instance.
    _TYPE_EQUALITY = {
        dict: "assertDictEqual",
        list: "assertListEqual",
        tuple: "assertTupleEqual",
        set: "assertSetEqual",
        frozenset: "assertSetEqual",
        str: "assertMultiLineEqual",
    }

    def fail(self, msg=None):
        """Fail immediately, with the given message."""
        raise self.failureException(msg)

    def _formatMessage(self, msg, standardMsg):
        """The caller's message behind the standard one, or, without longMessage, instead of it."""
        if not self.longMessage:
            return msg or standardMsg
        if msg is None:
            return standardMsg
        try:
            return f"{standardMsg} : {msg}"
        except UnicodeDecodeError:
            return f"{safe_repr(standardMsg)} : {safe_repr(msg)}"

    def _truncateMessage(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return message + (DIFF_OMITTED % len(diff))

    # ---- Truth, identity, membership, order.

    def assertFalse(self, expr, msg=None):
        """Check that the expression is false."""
        if expr:
            msg = self._formatMessage(msg, f"{safe_repr(expr)} is not false")
            raise self.failureException(msg)

    def assertTrue(self, expr, msg=None):
        """Check that the expression is true."""
        if not expr:
            msg = self._formatMessage(msg, f"{safe_repr(expr)} is not true")
            raise self.failureException(msg)

    def assertIs(self, expr1, expr2, msg=None):
        """Just like self.assertTrue(a is b), but with a nicer default message."""
        if expr1 is not expr2:
            self.fail(
                self._formatMessage(
                    msg, f"{safe_repr(expr1)} is not {safe_repr(expr2)}"
                )
            )

    def assertIsNot(self, expr1, expr2, msg=None):
        """Just like self.assertTrue(a is not b), but with a nicer default message."""
        if expr1 is expr2:
            self.fail(
                self._formatMessage(msg, f"unexpectedly identical: {safe_repr(expr1)}")
            )

    def assertIsNone(self, obj, msg=None):
        """Same as self.assertTrue(obj is None), with a nicer default message."""
        if obj is not None:
            self.fail(self._formatMessage(msg, f"{safe_repr(obj)} is not None"))

    def assertIsNotNone(self, obj, msg=None):
        """Included for symmetry with assertIsNone."""
        if obj is None:
            self.fail(self._formatMessage(msg, "unexpectedly None"))

    def assertIsInstance(self, obj, cls, msg=None):
        """Same as self.assertTrue(isinstance(obj, cls)), with a nicer
        default message."""
        if not isinstance(obj, cls):
            self.fail(
                self._formatMessage(
                    msg, f"{safe_repr(obj)} is not an instance of {cls!r}"
                )
            )

    def assertNotIsInstance(self, obj, cls, msg=None):
        """Included for symmetry with assertIsInstance."""
        if isinstance(obj, cls):
            self.fail(
                self._formatMessage(msg, f"{safe_repr(obj)} is an instance of {cls!r}")
            )

    def assertIn(self, member, container, msg=None):
        """Just like self.assertTrue(a in b), but with a nicer default message."""
        if member not in container:
            self.fail(
                self._formatMessage(
                    msg, f"{safe_repr(member)} not found in {safe_repr(container)}"
                )
            )

    def assertNotIn(self, member, container, msg=None):
        """Just like self.assertTrue(a not in b), but with a nicer default message."""
        if member in container:
            self.fail(
                self._formatMessage(
                    msg,
                    f"{safe_repr(member)} unexpectedly found in {safe_repr(container)}",
                )
            )

    def assertLess(self, a, b, msg=None):
        """Just like self.assertTrue(a < b), but with a nicer default message."""
        if not a < b:
            self.fail(
                self._formatMessage(msg, f"{safe_repr(a)} not less than {safe_repr(b)}")
            )

    def assertLessEqual(self, a, b, msg=None):
        """Just like self.assertTrue(a <= b), but with a nicer default message."""
        if not a <= b:
            self.fail(
                self._formatMessage(
                    msg, f"{safe_repr(a)} not less than or equal to {safe_repr(b)}"
                )
            )

    def assertGreater(self, a, b, msg=None):
        """Just like self.assertTrue(a > b), but with a nicer default message."""
        if not a > b:
            self.fail(
                self._formatMessage(
                    msg, f"{safe_repr(a)} not greater than {safe_repr(b)}"
                )
            )

    def assertGreaterEqual(self, a, b, msg=None):
        """Just like self.assertTrue(a >= b), but with a nicer default message."""
        if not a >= b:
            self.fail(
                self._formatMessage(
                    msg, f"{safe_repr(a)} not greater than or equal to {safe_repr(b)}"
                )
            )

    # ---- Equality.

    def addTypeEqualityFunc(self, typeobj, function):
        """Add a type specific assertEqual style function to compare a type.

        This method is for use by TestCase subclasses that need to register
        their own type equality functions to provide nicer error messages.
        """
        self._type_equality_funcs[typeobj] = function

    def _getAssertEqualityFunc(self, first, second):
        """The method that compares these two, and says most about their difference."""
        if type(first) is type(second):
            method = self._type_equality_funcs.get(type(first))
            if method is not None:
                return getattr(self, method) if isinstance(method, str) else method
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        """The default assertEqual implementation, not type specific."""
        if not first == second:
            standardMsg = "%s != %s" % _common_shorten_repr(first, second)
            raise self.failureException(self._formatMessage(msg, standardMsg))

    def assertEqual(self, first, second, msg=None):
        """Fail if the two objects are unequal as determined by the '=='
        operator.
        """
        self._getAssertEqualityFunc(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        """Fail if the two objects are equal as determined by the '!='
        operator.
        """
        if not first != second:
            msg = self._formatMessage(msg, f"{safe_repr(first)} == {safe_repr(second)}")
            raise self.failureException(msg)

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Fail if the two objects are unequal as determined by their
        difference rounded to the given number of decimal places
        (default 7) and comparing to zero, or by comparing that the
        difference between the two objects is more than the given
        delta.
        """
        if first == second:
            return
        near, words = self._nearness(first, second, places, delta)
        if not near:
            words = f"{safe_repr(first)} != {safe_repr(second)} within {words}"
            difference = safe_repr(abs(first - second))
            words += f" ({difference} difference)"
            raise self.failureException(self._formatMessage(msg, words))

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Fail if the two objects are equal as determined by their
        difference rounded to the given number of decimal places
        (default 7) and comparing to zero, or by comparing that the
        difference between the two objects is less than the given delta.
        """
        near, words = self._nearness(first, second, places, delta, exclude=True)
        if near:
            words = f"{safe_repr(first)} == {safe_repr(second)} within {words}"
            if delta is not None:
                difference = safe_repr(abs(first - second))
                words += f" ({difference} difference)"
            raise self.failureException(self._formatMessage(msg, words))

    def _nearness(self, first, second, places, delta, exclude=False):
        """Whether two numbers are near, and what near means, in words."""
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        if delta is None:
            places = 7 if places is None else places
            equal = exclude and first == second
            near = equal or round(abs(first - second), places) == 0
            return near, f"{places!r} places"
        if exclude:
            near = first == second or not abs(first - second) > delta
        else:
            near = abs(first - second) <= delta
        return near, f"{safe_repr(delta)} delta"

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        """An equality assertion for ordered sequences (like lists and tuples).

        For the purposes of this function, a valid ordered sequence type is one
        which can be indexed, has a length, and has an equality operator.
        """
        if seq_type is None:
            name = "sequence"
        else:
            name = seq_type.__name__
            for which, seq in (("First", seq1), ("Second", seq2)):
                if not isinstance(seq, seq_type):
                    raise self.failureException(
                        f"{which} sequence is not a {name}: {safe_repr(seq)}"
                    )
        words = None
        lengths = []
        for which, seq in (("First", seq1), ("Second", seq2)):
            try:
                lengths.append(len(seq))
            except (TypeError, NotImplementedError):
                words = f"{which} {name} has no length.    Non-sequence?"
                break
        if words is None:
            if seq1 == seq2:
                return
            pair = _common_shorten_repr(seq1, seq2)
            words = f"{name.capitalize()}s differ: {pair[0]} != {pair[1]}\n"
            found = self._first_difference(seq1, seq2, min(lengths), name)
            if found is not None:
                words += found
            elif (
                lengths[0] == lengths[1]
                and seq_type is None
                and type(seq1) != type(seq2)
            ):
                # The items are equal, and sequences of different types may differ in that.
                return
            words += self._additional(seq1, seq2, lengths, name)
        words = self._truncateMessage(words, _difference(seq1, seq2))
        self.fail(self._formatMessage(msg, words))

    @staticmethod
    def _first_difference(seq1, seq2, length, name):
        """Words about the first items that differ; None when all do not."""
        for index in range(length):
            items = []
            for which, seq in (("first", seq1), ("second", seq2)):
                try:
                    items.append(seq[index])
                except (TypeError, IndexError, NotImplementedError):
                    return f"\nUnable to index element {index} of {which} {name}\n"
            if items[0] != items[1]:
                pair = _common_shorten_repr(*items)
                return f"\nFirst differing element {index}:\n{pair[0]}\n{pair[1]}\n"
        return None

    @staticmethod
    def _additional(seq1, seq2, lengths, name):
        """Words about what the longer sequence has in addition."""
        if lengths[0] == lengths[1]:
            return ""
        longer = lengths[0] < lengths[1]
        which, seq = (("First", seq1), ("Second", seq2))[longer]
        begin, more = lengths[1 - longer], abs(lengths[0] - lengths[1])
        words = f"\n{which} {name} contains {more} additional elements.\n"
        try:
            words += f"First extra element {begin}:\n{safe_repr(seq[begin])}\n"
        except (TypeError, IndexError, NotImplementedError):
            words += f"Unable to index element {begin} of {which.lower()} {name}\n"
        return words

    def assertListEqual(self, list1, list2, msg=None):
        """A list-specific equality assertion."""
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        """A tuple-specific equality assertion."""
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        """A set-specific equality assertion.

        assertSetEqual uses ducktyping to support different types of sets, and
        is optimized for sets specifically (parameters must support a
        difference method).
        """
        only = []
        for which, one, other in (("first", set1, set2), ("second", set2, set1)):
            try:
                only.append(one.difference(other))
            except TypeError as error:
                self.fail(f"invalid type when attempting set difference: {error}")
            except AttributeError as error:
                self.fail(f"{which} argument does not support set difference: {error}")
        if not (only[0] or only[1]):
            return
        lines = []
        for items, one, other in (
            (only[0], "first", "second"),
            (only[1], "second", "first"),
        ):
            if items:
                lines.append(f"Items in the {one} set but not the {other}:")
                lines.extend(repr(item) for item in items)
        self.fail(self._formatMessage(msg, "\n".join(lines)))

    def assertDictEqual(self, d1, d2, msg=None):
        """Fail if the two dictionaries are unequal as determined by '=='."""
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            words = "%s != %s" % _common_shorten_repr(d1, d2)
            words = self._truncateMessage(words, _difference(d1, d2))
            self.fail(self._formatMessage(msg, words))

    def assertCountEqual(self, first, second, msg=None):
        """Asserts that two iterables have the same elements, the same number of
        times, without regard to order.

            self.assertEqual(Counter(list(first)),
                             Counter(list(second)))
        """
        first, second = list(first), list(second)
        try:
            differences = _count_diff_hashable(first, second)
        except TypeError:
            differences = _count_diff_all_purpose(first, second)
        if differences:
            lines = ["First has %d, Second has %d:  %r" % each for each in differences]
            words = self._truncateMessage(
                "Element counts were not equal:\n", "\n".join(lines)
            )
            self.fail(self._formatMessage(msg, words))

    def assertMultiLineEqual(self, first, second, msg=None):
        """Assert that two multi-line strings are equal."""
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        if len(first) > self._diffThreshold or len(second) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        import difflib

        words = "%s != %s" % _common_shorten_repr(first, second)
        # A last line that is not ended is shown as different only when the other one is.
        ended = [not text or text.endswith("\n") for text in (first, second)]
        if first and second:
            add = [not any(ended)] * 2
        else:
            add = [not each for each in ended]
        lines = [
            (text + "\n" if more else text).splitlines(keepends=True)
            for text, more in zip((first, second), add)
        ]
        diff = "\n" + "".join(difflib.ndiff(*lines))
        words = self._truncateMessage(words, diff)
        self.fail(self._formatMessage(msg, words))

    # ---- Texts.

    def assertRegex(self, text, expected_regex, msg=None):
        """Fail the test unless the text matches the regular expression."""
        if isinstance(expected_regex, (str, bytes)):
            import re

            assert expected_regex, "expected_regex must not be empty."
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            words = (
                f"Regex didn't match: {expected_regex.pattern!r} not found in {text!r}"
            )
            raise self.failureException(self._formatMessage(msg, words))

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        """Fail the test if the text matches the regular expression."""
        if isinstance(unexpected_regex, (str, bytes)):
            import re

            unexpected_regex = re.compile(unexpected_regex)
        match = unexpected_regex.search(text)
        if match:
            found = text[match.start() : match.end()]
            words = f"Regex matched: {found!r} matches {unexpected_regex.pattern!r} in {text!r}"
            raise self.failureException(self._formatMessage(msg, words))

    # ---- Exceptions, warnings, logs.

    def assertRaises(self, expected_exception, *args, **kwargs):
        """Fail unless an exception of class expected_exception is raised
        by the callable when invoked with specified positional and
        keyword arguments. If called with the callable and arguments
        omitted, will return a context object used like this::

             with self.assertRaises(SomeException):
                 do_something()

        The context manager keeps a reference to the exception as
        the 'exception' attribute.
        """
        context = _contexts._AssertRaisesContext(expected_exception, self)
        try:
            return context.handle("assertRaises", args, kwargs)
        finally:
            context = None

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        """Asserts that the message in a raised exception matches a regex."""
        context = _contexts._AssertRaisesContext(
            expected_exception, self, expected_regex
        )
        return context.handle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        """Fail unless a warning of class warnClass is triggered
        by the callable when invoked with specified positional and
        keyword arguments. If called with the callable and arguments
        omitted, will return a context object.

        The context manager keeps a reference to the first matching
        warning as the 'warning' attribute; similarly, the 'filename'
        and 'lineno' attributes.
        """
        context = _contexts._AssertWarnsContext(expected_warning, self)
        return context.handle("assertWarns", args, kwargs)

    def _assertNotWarns(self, expected_warning, *args, **kwargs):
        """The opposite of assertWarns. Private due to low demand."""
        context = _contexts._AssertNotWarnsContext(expected_warning, self)
        return context.handle("_assertNotWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        """Asserts that the message in a triggered warning matches a regexp."""
        context = _contexts._AssertWarnsContext(expected_warning, self, expected_regex)
        return context.handle("assertWarnsRegex", args, kwargs)

    def assertLogs(self, logger=None, level=None):
        """Fail unless a log message of level *level* or higher is emitted
        on *logger_name* or its children. If omitted, *level* defaults to
        INFO and *logger* defaults to the root logger.

        This method must be used as a context manager, and will yield
        a recording object with two attributes: `output` and `records`.
        """
        return _contexts._AssertLogsContext(self, logger, level, no_logs=False)

    def assertNoLogs(self, logger=None, level=None):
        """Fail unless no log messages of level *level* or higher are emitted
        on *logger_name* or its children."""
        return _contexts._AssertLogsContext(self, logger, level, no_logs=True)


def _old_name(old, new):
    """A method under the name that it had until Python 3.11."""
    era = f"unittest.TestCase.{old}"

    def method(self, *args, **kwargs):
        _eras.allows(era)
        return getattr(self, new)(*args, **kwargs)

    method.__name__ = old
    if _eras.has(era):
        setattr(Assertions, old, method)


for _old, _new in {
    "assertEquals": "assertEqual",
    "assertNotEquals": "assertNotEqual",
    "assertRaisesRegexp": "assertRaisesRegex",
    "assertRegexpMatches": "assertRegex",
    "assertNotRegexpMatches": "assertNotRegex",
    "assertAlmostEquals": "assertAlmostEqual",
    "assertNotAlmostEquals": "assertNotAlmostEqual",
    "assert_": "assertTrue",
    "failUnless": "assertTrue",
    "failIf": "assertFalse",
}.items():
    _old_name(_old, _new)

if _eras.has("unittest.TestCase.assertDictContainsSubset"):

    def _assert_dict_contains_subset(self, subset, dictionary, msg=None):
        """Checks that a dict has all items of another."""
        _eras.allows("unittest.TestCase.assertDictContainsSubset")
        missing = [key for key in subset if key not in dictionary]
        mismatched = [
            f"{safe_repr(key)}, expected: {safe_repr(value)}, actual: {safe_repr(dictionary[key])}"
            for key, value in subset.items()
            if key in dictionary and dictionary[key] != value
        ]
        if not (missing or mismatched):
            return
        text = f"Missing: {','.join(map(safe_repr, missing))}" if missing else ""
        if mismatched:
            text += ("; " if text else "") + f"Mismatched values: {','.join(mismatched)}"
        self.fail(self._formatMessage(msg, text))

    Assertions.assertDictContainsSubset = _assert_dict_contains_subset
