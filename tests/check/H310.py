# python: 3.6
import base64
import fractions
import imp
import inspect
import json
import os
import random
import threading
import time
from fractions import gcd
from time import clock as now, sleep
import unittest

start = time.clock()
sleep(0)
print(now() >= 0, gcd(4, 6), fractions.gcd(6, 9), os.errno.ENOENT)
print(base64.encodestring(b"ab"), base64.decodestring(b"YWI="), json.loads("[1]", encoding="utf-8"))
print(inspect.getargspec(lambda a, b: a).args, imp.reload(json) is json, sorted(random.sample({1}, 1)))
thread = threading.Thread(target=print)
print(thread.isAlive())


class Case(unittest.TestCase):
    def test(self):
        self.assertEquals(1, 1)
        self.assert_(True)
        self.assertRaisesRegexp(ValueError, "x", int, "x")


suite = unittest.makeSuite(Case)
print(suite.countTestCases())
