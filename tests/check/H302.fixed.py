# python: 3.8
import collections.abc
import collections
import collections as c
from collections.abc import Iterable
from collections import namedtuple
from collections.abc import Mapping as Map
from collections.abc import Sized
from collections.abc import (Iterator,
                         Callable)

Point = namedtuple("Point", "x y")
print(isinstance([], Iterable), isinstance({}, Map), isinstance((), Sized), isinstance(Point(1, 2), collections.abc.Sequence))
print(isinstance(iter(""), Iterator), isinstance(len, Callable), isinstance(set(), c.abc.Set), collections.OrderedDict())
