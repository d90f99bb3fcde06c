import math
import math as m
from math import sqrt, pi as PI
import collections.abc
import os.path as p
from collections import (OrderedDict,
                         deque,)
print(m is math, sqrt(16), round(PI, 3), collections.abc.Iterable.__name__, p.join("a", "b"), deque([1]))
def f():
    import string
    from itertools import chain
    return string.digits, list(chain([1], [2]))
print(f(), "string" in globals())
