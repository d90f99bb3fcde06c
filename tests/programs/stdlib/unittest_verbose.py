"""What a verbose run prints: every kind of outcome, the fixtures around them, and the tracebacks without frames of unittest."""

import unittest

def setUpModule(): print('setUpModule')
def tearDownModule(): print('tearDownModule')

class Passing(unittest.TestCase):
    @classmethod
    def setUpClass(cls): print('setUpClass', cls.__name__)
    @classmethod
    def tearDownClass(cls): print('tearDownClass', cls.__name__)
    def setUp(self):
        self.addCleanup(print, 'cleanup')
    def test_doc(self):
        """First line.

        More."""
    def test_ok(self): self.assertEqual(1, 1)
    @unittest.skip("no time")
    def test_skip(self): pass
    def test_skip_inside(self): self.skipTest("inside")
    @unittest.expectedFailure
    def test_expected(self): self.assertTrue(0)
    @unittest.expectedFailure
    def test_unexpected(self): pass
    def test_error(self): 1/0
    def test_fail(self): self.assertEqual(1, 2, "message")
    def test_sub(self):
        for i in range(3):
            with self.subTest("msg", i=i):
                if i == 1: self.fail('one')
                if i == 2: raise KeyError(i)
    def test_raises(self):
        with self.assertRaises(ZeroDivisionError) as c: 1/0
        self.assertEqual(str(c.exception), 'division by zero')
        self.assertRaises(ValueError, int, 'x')
        with self.assertRaises(KeyError): pass
    def test_raises2(self):
        self.assertRaises(KeyError, int, '3')
    def test_warns(self):
        import warnings
        with self.assertWarns(DeprecationWarning) as w: warnings.warn('old', DeprecationWarning)
        self.assertEqual(str(w.warning), 'old')
        with self.assertWarns(DeprecationWarning): pass
    def test_cause(self):
        try:
            {}['k']
        except KeyError as e:
            raise ValueError('bad') from e
    def tearDown(self): pass
@unittest.skipIf(True, 'whole class')
class Skipped(unittest.TestCase):
    def test(self): pass
class BrokenSetup(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise RuntimeError('setup')
    def test(self): pass

unittest.runner.time = __import__("types").SimpleNamespace(perf_counter=lambda: 0.0)
unittest.main(verbosity=2, exit=False)
