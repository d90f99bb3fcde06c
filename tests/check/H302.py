# python: 3.8
import collections
import collections as c
from collections import Iterable
from collections import Mapping as Map, namedtuple, Sized
from collections import (Iterator,
                         Callable)

Point = namedtuple("Point", "x y")
print(isinstance([], Iterable), isinstance({}, Map), isinstance((), Sized), isinstance(Point(1, 2), collections.Sequence))
print(isinstance(iter(""), Iterator), isinstance(len, Callable), isinstance(set(), c.Set), collections.OrderedDict())
