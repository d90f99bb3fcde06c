# oracle: 3.8
import warnings

warnings.simplefilter("ignore")
import collections
from collections import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence

print(isinstance([], Iterable), isinstance(iter([]), Iterator), isinstance({}, Mapping), isinstance(len, Callable))
print(collections.Generator, collections.Awaitable, Sequence.__module__)


class Table(MutableMapping):
    def __init__(self):
        self.rows = {}

    def __getitem__(self, key):
        return self.rows[key]

    def __setitem__(self, key, value):
        self.rows[key] = value

    def __delitem__(self, key):
        del self.rows[key]

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


table = Table()
table.update(a=1, b=2)
print(dict(table), table.pop("a"), len(table))
