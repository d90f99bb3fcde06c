"""Container types beyond the built-in ones: namedtuple, deque, Counter, ChainMap and more.

`deque` and `defaultdict` are native. `OrderedDict` is a dict, whose order is that of
insertion anyway, with the operations that make the order a thing to work with. The classes
to derive from (UserDict, UserList, UserString) are rarely needed and wait in `_user`.

Python 3.9 and older let the abstract base classes be imported from here too. Programs
from that time still do, so the module answers for those names.

Source: Library Reference "collections".
"""

import sys as _sys

import _collections_abc
import _eras
from _collections_abc import MutableMapping as _MutableMapping
from itertools import chain as _chain, repeat as _repeat, starmap as _starmap
from operator import itemgetter as _itemgetter

try:
    from _collections import defaultdict, deque
except ImportError:
    # Blocked by a program that tests what is left without them.
    pass

try:
    from _collections import _tuplegetter
except ImportError:

    def _tuplegetter(index, doc):
        return property(_itemgetter(index), doc=doc)


__all__ = [
    "ChainMap",
    "Counter",
    "OrderedDict",
    "UserDict",
    "UserList",
    "UserString",
    "defaultdict",
    "deque",
    "namedtuple",
]

abc = _sys.modules["collections.abc"] = _collections_abc


def __getattr__(name):
    if name in ("UserDict", "UserList", "UserString"):
        from collections import _user

        value = getattr(_user, name)
    elif name in ("_deque_iterator", "_deque_reverse_iterator"):
        # Pickled iterators are looked up here.
        import _collections

        value = getattr(_collections, name)
    elif name in _collections_abc.__all__ and _eras.allows(f"collections.{name}"):
        value = getattr(_collections_abc, name)
        _warn_of_former_home(name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def _warn_of_former_home(name):
    version = _eras.version_with(f"collections.{name}")
    if version >= 7:
        from warnings import warn

        end = ",and in 3.9" if version == 7 else ", and in 3.10"
        warn("Using or importing the ABCs from 'collections' instead of from 'collections.abc' is deprecated since "
             f"Python 3.3{end} it will stop working", DeprecationWarning, stacklevel=3)


def _check_field_names(typename, field_names, rename):
    """The names of the fields, valid and each once; with `rename`, bad ones become `_1`."""
    from keyword import iskeyword

    if rename:
        seen = set()
        for index, name in enumerate(field_names):
            if (
                not name.isidentifier()
                or iskeyword(name)
                or name.startswith("_")
                or name in seen
            ):
                field_names[index] = f"_{index}"
            seen.add(name)
    for name in [typename] + field_names:
        if type(name) is not str:
            raise TypeError("Type names and field names must be strings")
        if not name.isidentifier():
            raise ValueError(
                f"Type names and field names must be valid identifiers: {name!r}"
            )
        if iskeyword(name):
            raise ValueError(
                f"Type names and field names cannot be a keyword: {name!r}"
            )
    seen = set()
    for name in field_names:
        if name.startswith("_") and not rename:
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if name in seen:
            raise ValueError(f"Encountered duplicate field name: {name!r}")
        seen.add(name)


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """Make a subclass of tuple whose items can also be read as attributes.

    >>> Point = namedtuple('Point', ['x', 'y'])
    >>> Point(1, y=2)
    Point(x=1, y=2)
    """
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    field_names = list(map(str, field_names))
    typename = _sys.intern(str(typename))
    _check_field_names(typename, field_names, rename)
    field_names = tuple(map(_sys.intern, field_names))
    count = len(field_names)
    field_defaults = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > count:
            raise TypeError("Got more default values than field names")
        field_defaults = dict(zip(field_names[count - len(defaults) :], defaults))

    shown = ", ".join(field_names)
    repr_template = "(" + ", ".join([f"{name}=%r" for name in field_names]) + ")"
    tuple_new = tuple.__new__

    # Compiled for these names, so that calls bind their arguments, and complain of them,
    # as those of any function do. Nothing else here depends on the names.
    items = f"({shown},)" if count == 1 else f"({shown})"
    __new__ = eval(
        f"lambda _cls, {shown}: _tuple_new(_cls, {items})",
        {
            "_tuple_new": tuple_new,
            "__builtins__": {},
            "__name__": f"namedtuple_{typename}",
        },
    )
    __new__.__name__ = "__new__"
    __new__.__doc__ = f"Create new instance of {typename}({shown})"
    if defaults is not None:
        __new__.__defaults__ = defaults

    def _make(cls, iterable):
        made = tuple_new(cls, iterable)
        if len(made) != count:
            raise TypeError(f"Expected {count} arguments, got {len(made)}")
        return made

    _make.__doc__ = f"Make a new {typename} object from a sequence or iterable"

    def _replace(self, /, **kwds):
        made = self._make(map(kwds.pop, field_names, self))
        if kwds:
            raise TypeError(f"Got unexpected field names: {list(kwds)!r}")
        return made

    _replace.__doc__ = (
        f"Return a new {typename} object replacing specified fields with new values"
    )

    def __repr__(self):
        "Return a nicely formatted representation string"
        return self.__class__.__name__ + repr_template % self

    def _asdict(self):
        "Return a new dict which maps field names to their values."
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        "Return self as a plain tuple.  Used by copy and pickle."
        return tuple(self)

    for method in (__new__, _make, _replace, __repr__, _asdict, __getnewargs__):
        method.__qualname__ = f"{typename}.{method.__name__}"

    namespace = {
        "__doc__": f"{typename}({shown})",
        "__slots__": (),
        "_fields": field_names,
        "_field_defaults": field_defaults,
        "__new__": __new__,
        "_make": classmethod(_make),
        "__replace__": _replace,
        "_replace": _replace,
        "__repr__": __repr__,
        "_asdict": _asdict,
        "__getnewargs__": __getnewargs__,
        "__match_args__": field_names,
    }
    for index, name in enumerate(field_names):
        doc = _sys.intern(f"Alias for field number {index}")
        namespace[name] = _tuplegetter(index, doc)
    result = type(typename, (tuple,), namespace)

    # Pickle looks the class up in the module that called us.
    if module is None:
        try:
            module = _sys._getframemodulename(1) or "__main__"
        except AttributeError:
            try:
                module = _sys._getframe(1).f_globals.get("__name__", "__main__")
            except (AttributeError, ValueError):
                pass
    if module is not None:
        result.__module__ = module
    return result


def _update_ordered(mapping, other=(), /, **kwds):
    if type(mapping) is OrderedDict:
        dict.update(mapping, other, **kwds)
    else:
        # A subclass may have its own __setitem__.
        _MutableMapping.update(mapping, other, **kwds)


_MISSING = object()


class OrderedDict(dict):
    """A dict whose order counts: it can be rearranged, and matters when two of them are
    compared."""

    def __init__(self, other=(), /, **kwds):
        _update_ordered(self, other, **kwds)

    def update(self, other=(), /, **kwds):
        """Set items from a mapping or (key, value) pairs, then from the keywords."""
        _update_ordered(self, other, **kwds)

    def pop(self, key, default=_MISSING):
        """Take out a key and give its value, or else the default; KeyError if there is none."""
        if default is _MISSING:
            return dict.pop(self, key)
        return dict.pop(self, key, default)

    def popitem(self, last=True):
        """Take out the last (or first) pair and give it; KeyError if there is none."""
        if not self:
            raise KeyError("dictionary is empty")
        if last:
            return dict.popitem(self)
        for key in self:
            break
        return key, dict.pop(self, key)

    def move_to_end(self, key, last=True):
        """Make an existing key the last (or first) one."""
        value = dict.pop(self, key)
        if last:
            dict.__setitem__(self, key, value)
            return
        rest = list(dict.items(self))
        dict.clear(self)
        dict.__setitem__(self, key, value)
        dict.update(self, rest)

    def setdefault(self, key, default=None):
        """The value at `key`, which becomes `default` if there is none."""
        if key in self:
            return self[key]
        self[key] = default
        return default

    def __eq__(self, other):
        same = dict.__eq__(self, other)
        if same is True and isinstance(other, OrderedDict):
            return list(self) == list(other)
        return same

    def __ne__(self, other):
        same = self.__eq__(other)
        return same if same is NotImplemented else not same

    __hash__ = None

    def __repr__(self):
        if not self:
            return f"{self.__class__.__name__}()"
        # Through `repr` of a dict, which shows a container inside itself as `...`.
        from reprlib import recursive_repr

        global _ordered_dict_repr
        if _ordered_dict_repr is None:
            _ordered_dict_repr = recursive_repr()(_show_ordered_dict)
        return _ordered_dict_repr(self)

    def copy(self):
        """A shallow copy."""
        return self.__class__(self)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """A new instance with these keys, all with the same value."""
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(self)
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(other)
        made.update(self)
        return made

    def __ior__(self, other):
        self.update(other)
        return self

    def __reduce__(self):
        """Rebuilt by setting the items one by one, which a subclass may watch."""
        state = self.__getstate__()
        if isinstance(state, tuple):
            attributes, slots = state
            state = (attributes or None, slots)
        return self.__class__, (), state or None, None, iter(self.items())


try:
    from _collections import (
        _ordered_move_to_end as OrderedDict_move_to_end,
        _ordered_pop as OrderedDict_pop,
        _ordered_popitem as OrderedDict_popitem,
    )
except ImportError:
    pass
else:
    OrderedDict.move_to_end = OrderedDict_move_to_end
    OrderedDict.pop = OrderedDict_pop
    OrderedDict.popitem = OrderedDict_popitem
    del OrderedDict_move_to_end, OrderedDict_pop, OrderedDict_popitem

_ordered_dict_repr = None


def _show_ordered_dict(self):
    return f"{self.__class__.__name__}({dict(self.items())!r})"


def _count_elements(mapping, iterable):
    get = mapping.get
    for element in iterable:
        mapping[element] = get(element, 0) + 1


try:
    from _collections import _count_elements
except ImportError:
    pass


class Counter(dict):
    """Counts hashable things: maps each to its count, and what it never saw to zero.

    >>> Counter('abracadabra').most_common(2)
    [('a', 5), ('b', 2)]

    Counts may be any integers, also negative ones. The operators `+ - & |` make multisets
    of their operands: what comes out has positive counts only.
    """

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def total(self):
        """The sum of the counts."""
        return sum(self.values())

    def most_common(self, n=None):
        """The `n` elements with the highest counts, or all, as (element, count) pairs.

        Elements with equal counts come in the order in which they were first seen.
        """
        by_count = _itemgetter(1)
        if n is None:
            return sorted(self.items(), key=by_count, reverse=True)
        import heapq

        return heapq.nlargest(n, self.items(), key=by_count)

    def elements(self):
        """An iterator over the elements, each as many times as it was counted."""
        return _chain.from_iterable(_starmap(_repeat, self.items()))

    @classmethod
    def fromkeys(cls, iterable, v=None):
        """Not supported: which count should they all have?"""
        raise NotImplementedError(
            "Counter.fromkeys() is undefined.  Use Counter(iterable) instead."
        )

    def update(self, iterable=None, /, **kwds):
        """Add the counts of another mapping, or count the elements of an iterable."""
        if iterable is not None:
            if not isinstance(iterable, _collections_abc.Mapping):
                _count_elements(self, iterable)
            elif self:
                get = self.get
                for element, count in iterable.items():
                    self[element] = count + get(element, 0)
            else:
                super().update(iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Take away the counts of another mapping, or the elements of an iterable."""
        if iterable is not None:
            get = self.get
            if isinstance(iterable, _collections_abc.Mapping):
                for element, count in iterable.items():
                    self[element] = get(element, 0) - count
            else:
                for element in iterable:
                    self[element] = get(element, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        """A shallow copy."""
        return self.__class__(self)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __delitem__(self, element):
        # No KeyError: an absent element has a count, namely zero.
        if element in self:
            super().__delitem__(element)

    def __repr__(self):
        if not self:
            return f"{self.__class__.__name__}()"
        try:
            shown = dict(self.most_common())
        except TypeError:
            # The counts have no order.
            shown = dict(self)
        return f"{self.__class__.__name__}({shown!r})"

    def _compares(self, other, compare):
        """Whether `compare` holds for the two counts of every element of either."""
        for element in _chain(self, other):
            if not compare(self[element], other[element]):
                return False
        return True

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._compares(other, lambda a, b: a == b)

    def __ne__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return not self == other

    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._compares(other, lambda a, b: a <= b)

    def __lt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self <= other and self != other

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._compares(other, lambda a, b: a >= b)

    def __gt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self >= other and self != other

    def _combined(self, other, combine):
        """The positive results of `combine` for the counts of every element."""
        result = Counter()
        for element, count in self.items():
            count = combine(count, other[element])
            if count > 0:
                result[element] = count
        for element, count in other.items():
            if element not in self:
                count = combine(0, count)
                if count > 0:
                    result[element] = count
        return result

    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._combined(other, lambda a, b: a + b)

    def __sub__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._combined(other, lambda a, b: a - b)

    def __or__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._combined(other, max)

    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._combined(other, min)

    def __pos__(self):
        return self._combined({}.fromkeys(self, 0), lambda a, b: a)

    def __neg__(self):
        return self._combined({}.fromkeys(self, 0), lambda a, b: -a)

    def _keep_positive(self):
        for element in [element for element, count in self.items() if not count > 0]:
            del self[element]
        return self

    def __iadd__(self, other):
        for element, count in other.items():
            self[element] += count
        return self._keep_positive()

    def __isub__(self, other):
        for element, count in other.items():
            self[element] -= count
        return self._keep_positive()

    def __ior__(self, other):
        for element, count in other.items():
            if count > self[element]:
                self[element] = count
        return self._keep_positive()

    def __iand__(self, other):
        for element, count in self.items():
            if other[element] < count:
                self[element] = other[element]
        return self._keep_positive()


class ChainMap(_MutableMapping):
    """Several mappings seen as one: the first that has a key answers for it.

    Everything that changes the ChainMap changes the first mapping only. They are in the
    list `maps`, and are looked at, not copied.
    """

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                # No test with `in` before: a defaultdict among them shall make its value.
                return mapping[key]
            except KeyError:
                pass
        return self.__missing__(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __len__(self):
        return len(set().union(*self.maps))

    def __iter__(self):
        # From the last to the first: the order that updating one dict with all of them,
        # the decisive one last, would give.
        order = {}
        for mapping in reversed(self.maps):
            order.update(dict.fromkeys(mapping))
        return iter(order)

    def __contains__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return True
        return False

    def __bool__(self):
        return any(self.maps)

    def __repr__(self):
        from reprlib import recursive_repr

        global _chain_map_repr
        if _chain_map_repr is None:
            _chain_map_repr = recursive_repr()(_show_chain_map)
        return _chain_map_repr(self)

    @classmethod
    def fromkeys(cls, iterable, value=None, /):
        """A ChainMap with one new mapping, which has these keys with the same value."""
        return cls(dict.fromkeys(iterable, value))

    def copy(self):
        """A new ChainMap with a copy of the first mapping and references to the others."""
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        """A new ChainMap with `m`, or a new dict, before all the others."""
        if m is None:
            m = kwargs
        elif kwargs:
            m.update(kwargs)
        return self.__class__(m, *self.maps)

    @property
    def parents(self):
        """A new ChainMap of all mappings but the first."""
        return self.__class__(*self.maps[1:])

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def popitem(self):
        """Take out some pair of the first mapping and give it; KeyError if it is empty."""
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError("No keys found in the first mapping.")

    def pop(self, key, *args):
        """Take `key` out of the first mapping and give its value."""
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def clear(self):
        """Empty the first mapping."""
        self.maps[0].clear()

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        made = self.copy()
        made.maps[0].update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        made = dict(other)
        for mapping in reversed(self.maps):
            made.update(mapping)
        return self.__class__(made)


_chain_map_repr = None


def _show_chain_map(self):
    return f"{self.__class__.__name__}({', '.join(map(repr, self.maps))})"


if "deque" in globals():
    _collections_abc.MutableSequence.register(deque)
