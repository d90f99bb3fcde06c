"""What applications, requests and responses have in common: each is also a dictionary in which the program leaves things.

Two of them are equal only when they are the same, whatever lies in them, and each counts as true.
Source: aiohttp's documentation, "Web Server Advanced", "Data Sharing aka No Singletons Please".
"""

from collections.abc import MutableMapping


class StateMapping(MutableMapping):
    """A mapping over the attribute `_state`, compared by identity."""

    def __getitem__(self, key):
        return self._state[key]

    def __setitem__(self, key, value):
        self._state[key] = value

    def __delitem__(self, key):
        del self._state[key]

    def __len__(self):
        return len(self._state)

    def __iter__(self):
        return iter(self._state)

    def __bool__(self):
        return True

    def __eq__(self, other):
        return self is other

    def __hash__(self):
        return id(self)
