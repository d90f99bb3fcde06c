"""Dictionaries in which a key may have several values: headers, queries and forms.

An own implementation of the interface of the package `multidict`, for the built-in aiohttp; a package of that name on the
path takes its place. The items are kept as a list of pairs with the keys as they were given; looking up compares the
`_same` form, which for the case-insensitive kind is the lower case.
"""

from collections.abc import Mapping, MutableMapping

__all__ = ["MultiMapping", "MutableMultiMapping", "MultiDictProxy", "CIMultiDictProxy", "MultiDict", "CIMultiDict", "istr",
           "upstr", "getversion"]


class istr(str):
    """A str for keys of the case-insensitive kind."""


upstr = istr
_MISSING = object()


class MultiMapping(Mapping):
    """What can be asked of all kinds."""

    @staticmethod
    def _same(key):
        return key

    @property
    def _pairs(self):
        raise NotImplementedError

    def getall(self, key, default=_MISSING):
        """Return a list of all values matching the key."""
        key = self._same(key)
        values = [value for own, value in self._pairs if self._same(own) == key]
        if values:
            return values
        if default is not _MISSING:
            return default
        raise KeyError(f"Key not found: {key!r}")

    def getone(self, key, default=_MISSING):
        """Get first value matching the key."""
        same = self._same(key)
        for own, value in self._pairs:
            if own is key or self._same(own) == same:
                return value
        if default is not _MISSING:
            return default
        raise KeyError(f"Key not found: {key!r}")

    def __getitem__(self, key):
        return self.getone(key)

    def get(self, key, default=None):
        return self.getone(key, default)

    def __iter__(self):
        return iter([key for key, _ in self._pairs])

    def __len__(self):
        return len(self._pairs)

    def __contains__(self, key):
        if not isinstance(key, str):
            return False
        key = self._same(key)
        return any(self._same(own) == key for own, _ in self._pairs)

    def keys(self):
        return [key for key, _ in self._pairs]

    def values(self):
        return [value for _, value in self._pairs]

    def items(self):
        return list(self._pairs)

    def __eq__(self, other):
        if isinstance(other, MultiMapping):
            return ([(self._same(key), value) for key, value in self._pairs]
                    == [(self._same(key), value) for key, value in other._pairs])
        if isinstance(other, Mapping):
            return len(self) == len(other) and all(key in self and self[key] == value for key, value in other.items())
        return NotImplemented

    __hash__ = None

    def __repr__(self):
        items = ", ".join(f"{key!r}: {value!r}" for key, value in self._pairs)
        return f"<{self.__class__.__name__}({items})>"


class MutableMultiMapping(MultiMapping, MutableMapping):
    """What can be asked of the kinds that change."""


class MultiDict(MutableMultiMapping):
    """Dictionary with the support for duplicate keys."""

    def __init__(self, arg=(), /, **kwargs):
        self._list = []
        self.extend(arg, **kwargs)

    @property
    def _pairs(self):
        return self._list

    @staticmethod
    def _items_of(arg, kwargs):
        if isinstance(arg, MultiMapping):
            pairs = list(arg._pairs)
        elif hasattr(arg, "keys"):
            pairs = [(key, arg[key]) for key in arg.keys()]
        else:
            pairs = [(key, value) for key, value in arg]
        pairs += kwargs.items()
        for key, _ in pairs:
            if not isinstance(key, str):
                raise TypeError("MultiDict keys should be either str or subclasses of str")
        return pairs

    def add(self, key, value):
        """Add the key and value, not overwriting any previous value."""
        if not isinstance(key, str):
            raise TypeError("MultiDict keys should be either str or subclasses of str")
        self._list.append((key, value))

    def extend(self, arg=(), /, **kwargs):
        """Extend current MultiDict with more values."""
        self._list += self._items_of(arg, kwargs)

    def update(self, arg=(), /, **kwargs):
        """Update the dictionary, overwriting existing keys."""
        new = {}
        for key, value in self._items_of(arg, kwargs):
            new.setdefault(self._same(key), []).append((key, value))
        kept = []
        for pair in self._list:
            same = self._same(pair[0])
            if same not in new:
                kept.append(pair)
            elif new[same]:
                # The new values take the places of the old ones.
                kept.append(new[same].pop(0))
        self._list[:] = kept + [pair for pairs in new.values() for pair in pairs]

    def copy(self):
        """Return a copy of itself."""
        return self.__class__(self)

    def __setitem__(self, key, value):
        same = self._same(key)
        places = [index for index, pair in enumerate(self._list) if self._same(pair[0]) == same]
        if not places:
            self.add(key, value)
            return
        self._list[places[0]] = (key, value)
        for index in reversed(places[1:]):
            del self._list[index]

    def __delitem__(self, key):
        same = self._same(key)
        kept = [pair for pair in self._list if self._same(pair[0]) != same]
        if len(kept) == len(self._list):
            raise KeyError(key)
        self._list[:] = kept

    def setdefault(self, key, default=None):
        """Return value for key, set value to default if key is not present."""
        if key in self:
            return self[key]
        self.add(key, default)
        return default

    def popone(self, key, default=_MISSING):
        """Remove specified key and return the corresponding value."""
        same = self._same(key)
        for index, (own, value) in enumerate(self._list):
            if self._same(own) == same:
                del self._list[index]
                return value
        if default is not _MISSING:
            return default
        raise KeyError(key)

    pop = popone

    def popall(self, key, default=_MISSING):
        """Remove all occurrences of key and return the list of corresponding values."""
        values = self.getall(key, default)
        if key in self:
            del self[key]
        return values

    def popitem(self):
        """Remove and return an arbitrary (key, value) pair."""
        if not self._list:
            raise KeyError("empty multidict")
        return self._list.pop()

    def clear(self):
        """Remove all items from MultiDict."""
        self._list.clear()


class CIMultiDict(MultiDict):
    """Dictionary with the support for duplicate case-insensitive keys."""

    @staticmethod
    def _same(key):
        return key.lower()


class MultiDictProxy(MultiMapping):
    """Read-only proxy for MultiDict instance."""

    def __init__(self, arg):
        if not isinstance(arg, (MultiDict, MultiDictProxy)):
            raise TypeError(f"ctor requires MultiDict or MultiDictProxy instance, not {type(arg)}")
        self._of = arg

    @property
    def _pairs(self):
        return self._of._pairs

    def copy(self):
        """Return a copy of itself."""
        return MultiDict(self)


class CIMultiDictProxy(MultiDictProxy):
    """Read-only proxy for CIMultiDict instance."""

    @staticmethod
    def _same(key):
        return key.lower()

    def copy(self):
        """Return a copy of itself."""
        return CIMultiDict(self)


def getversion(md):
    return id(md._pairs)
