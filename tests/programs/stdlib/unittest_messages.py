"""The words with which the assert methods fail."""

import unittest


class Case(unittest.TestCase):
    maxDiff = None


test = Case()


def attempt(method, *args, **kwargs):
    try:
        getattr(test, method)(*args, **kwargs)
    except AssertionError as error:
        print(f"{method}: {error}")
    except Exception as error:
        print(f"{method} raised {type(error).__name__}: {error}")
    else:
        print(f"{method} holds")


attempt("assertTrue", [])
attempt("assertFalse", [1], "with words")
attempt("assertEqual", 1, 2)
attempt("assertEqual", 1, 1.0)
attempt("assertEqual", object, int)
attempt("assertEqual", b"a" * 200, b"a" * 150 + b"b" * 50)
attempt("assertEqual", b"x" + b"a" * 200, b"y" + b"a" * 150)
attempt("assertNotEqual", 1, 1)
attempt("assertIs", [], [])
attempt("assertIsNot", None, None)
attempt("assertIsNone", 0)
attempt("assertIsNotNone", None)
attempt("assertIn", 1, [2, 3])
attempt("assertNotIn", 2, [2, 3])
attempt("assertIsInstance", 1, str)
attempt("assertIsInstance", 1, (str, bytes))
attempt("assertNotIsInstance", 1, int)
attempt("assertLess", 2, 1)
attempt("assertLessEqual", 2, 1)
attempt("assertGreater", 1, 2)
attempt("assertGreaterEqual", 1, 2)
attempt("assertAlmostEqual", 1, 1.1)
attempt("assertAlmostEqual", 1, 1.00000001)
attempt("assertAlmostEqual", 1, 2, delta=0.5)
attempt("assertAlmostEqual", 1, 2, delta=0.5, places=3)
attempt("assertNotAlmostEqual", 1, 1.00000001)
attempt("assertNotAlmostEqual", 1, 1.2, delta=0.5)
attempt("assertNotAlmostEqual", 1, 2)
attempt("assertSetEqual", {1, 2}, {2, 3})
attempt("assertSetEqual", {1, 2}, frozenset([1, 2]))
attempt("assertSetEqual", {1, 2}, 3)
attempt("assertSetEqual", 3, {1})
attempt("assertCountEqual", [1, 2, 2], [2, 1, 1])
attempt("assertCountEqual", [[1], [2]], [[2], [3]])
attempt("assertCountEqual", [[1], [2]], [[2], [1]])
attempt("assertSequenceEqual", 3, [3])
attempt("assertSequenceEqual", [3], (3,))
attempt("assertListEqual", (3,), [3])
attempt("assertRaises", ValueError, int, "3")
attempt("assertRaises", (KeyError, ValueError), int, "3")
attempt("assertRaises", 3, int, "3")
attempt("assertRaises", ValueError, msg="hello", other=3)
attempt("assertWarns", DeprecationWarning, int, "3")
attempt("assertWarns", KeyError, int, "3")
attempt("fail")
attempt("fail", "words")

for params in ({}, {"msg": "late"}):
    try:
        with test.assertRaises(ValueError, **params):
            pass
    except AssertionError as error:
        print(error)

test.longMessage = False
attempt("assertTrue", 0, "only these words")
