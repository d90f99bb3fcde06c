# python: 3.13
import collections, fractions, inspect, os, random, sys, time


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


print(sys.version_info[:2], sys.version.split()[0].rpartition(".")[0])
attempt(lambda: collections.Iterable)
attempt(lambda: inspect.getargspec(attempt))
attempt(lambda: time.clock())
attempt(lambda: fractions.gcd(2, 4))
attempt(lambda: os.errno)
attempt(lambda: random.sample({1, 2}, 1))
attempt(lambda: random.shuffle([1], random.random))
attempt(lambda: sys.getcheckinterval())
attempt(lambda: __import__("imp"))
try:
    from collections import Mapping
except ImportError as error:
    print(str(error).partition(" (")[0])
