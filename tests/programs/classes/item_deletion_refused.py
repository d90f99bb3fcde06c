# What is said when items cannot be deleted or set depends on the class and on the key.
import functools
import itertools
import re
import types


class Plain:
    pass


class Number(int):
    pass


class OnlySets:
    def __setitem__(self, key, value):
        pass


class OnlyDeletes:
    def __delitem__(self, key):
        pass


containers = [
    1, 1.5, None, len, int, (x for x in []), slice(1), types, types.SimpleNamespace(), iter([]), object(), list[int],
    "abc", b"abc", (1,), range(3), frozenset(), {1}, {}.keys(), types.MappingProxyType({}),
    re.match("a", "a"), functools.partial(len), itertools.count(),
    Plain(), Number(), OnlySets(), OnlyDeletes(),
]
for container in containers:
    for key in (0, "a", slice(1)):
        try:
            del container[key]
        except (TypeError, AttributeError) as error:
            print(type(error).__name__, error)
        try:
            container[key] = 1
        except (TypeError, AttributeError) as error:
            print(type(error).__name__, error)
