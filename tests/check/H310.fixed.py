# python: 3.6
import math
import errno
import base64
import fractions
import importlib
import inspect
import json
import os
import random
import threading
import time
from math import gcd
from time import perf_counter as now, sleep
import unittest

start = time.perf_counter()
sleep(0)
print(now() >= 0, gcd(4, 6), math.gcd(6, 9), errno.ENOENT)
print(base64.encodebytes(b"ab"), base64.decodebytes(b"YWI="), json.loads("[1]"))
print(inspect.getfullargspec(lambda a, b: a).args, importlib.reload(json) is json, sorted(random.sample(sorted({1}), 1)))
thread = threading.Thread(target=print)
print(thread.is_alive())


class Case(unittest.TestCase):
    def test(self):
        self.assertEqual(1, 1)
        self.assertTrue(True)
        self.assertRaisesRegex(ValueError, "x", int, "x")


suite = unittest.TestLoader().loadTestsFromTestCase(Case)
print(suite.countTestCases())
