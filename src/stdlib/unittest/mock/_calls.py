"""Calls as values: what mocks record, and what is compared with it.

Source: Library Reference "unittest.mock", call, sentinel, ANY.
"""

from ..util import safe_repr


class _SentinelObject:
    "A unique, named, sentinel object."

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"sentinel.{self.name}"

    def __reduce__(self):
        return f"sentinel.{self.name}"


class _Sentinel:
    """Access attributes to return a named object, usable as a sentinel."""

    def __init__(self):
        self._sentinels = {}

    def __getattr__(self, name):
        if name == "__bases__":
            # Inspection takes what has bases for a class.
            raise AttributeError
        return self._sentinels.setdefault(name, _SentinelObject(name))

    def __reduce__(self):
        return "sentinel"


sentinel = _Sentinel()

DEFAULT = sentinel.DEFAULT
_missing = sentinel.MISSING
# Stands in the children of a mock for an attribute that was deleted.
_deleted = sentinel.DELETED


class _ANY:
    "A helper object that compares equal to everything."

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


ANY = _ANY()


def _format_call_signature(name, args, kwargs):
    parts = [repr(arg) for arg in args]
    parts += [f"{key}={value!r}" for key, value in kwargs.items()]
    return f"{name}({', '.join(parts)})"


def _parts_of(value):
    """Name, arguments and keyword arguments of a tuple that stands for a call; what is left
    out of it is empty."""
    name, args, kwargs = "", (), {}
    if len(value) == 3:
        return value
    if len(value) == 2:
        first, second = value
        if isinstance(first, str):
            name = first
            if isinstance(second, tuple):
                args = second
            else:
                kwargs = second
        else:
            args, kwargs = first, second
    elif len(value) == 1:
        (value,) = value
        if isinstance(value, str):
            name = value
        elif isinstance(value, tuple):
            args = value
        else:
            kwargs = value
    return name, args, kwargs


class _Call(tuple):
    """
    A tuple for holding the results of a call to a mock, either in the form
    `(args, kwargs)` or `(name, args, kwargs)`.

    If args or kwargs are empty then a call tuple will compare equal to
    a tuple without those values. This makes comparisons less verbose::

        _Call(('name', (), {})) == ('name',)
        _Call(('name', (1,), {})) == ('name', (1,))
        _Call(((), {'a': 'b'})) == ({'a': 'b'},)
    """

    def __new__(
        cls, value=(), name="", parent=None, two=False, from_kall=True
    ):
        found, args, kwargs = _parts_of(value)
        name = found or name if len(value) != 3 else found
        if two:
            return tuple.__new__(cls, (args, kwargs))
        return tuple.__new__(cls, (name, args, kwargs))

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name = name
        self._mock_parent = parent
        self._mock_from_kall = from_kall

    def __eq__(self, other):
        try:
            length = len(other)
        except TypeError:
            return NotImplemented
        name = ""
        if len(self) == 2:
            args, kwargs = self
        else:
            name, args, kwargs = self
        if (
            getattr(self, "_mock_parent", None)
            and getattr(other, "_mock_parent", None)
            and self._mock_parent != other._mock_parent
        ):
            return False
        if length > 3:
            return False
        other_name = ""
        if length == 3:
            other_name, other_args, other_kwargs = other
        elif length == 2:
            first, second = other
            if isinstance(first, str):
                other_name = first
                is_args = isinstance(second, tuple)
                other_args, other_kwargs = (second, {}) if is_args else ((), second)
            elif isinstance(first, tuple):
                other_args, other_kwargs = first, second
            else:
                return False
        elif length == 1:
            (value,) = other
            other_args, other_kwargs = (), {}
            if isinstance(value, tuple):
                other_args = value
            elif isinstance(value, str):
                other_name = value
            else:
                other_kwargs = value
        else:
            other_args, other_kwargs = (), {}
        if name and other_name != name:
            return False
        # The other may have ANY in it: it is asked first.
        return (other_args, other_kwargs) == (args, kwargs)

    __ne__ = object.__ne__

    def __call__(self, /, *args, **kwargs):
        if self._mock_name is None:
            return _Call(("", args, kwargs), name="()")
        return _Call(
            (self._mock_name, args, kwargs), name=self._mock_name + "()", parent=self
        )

    def __getattr__(self, attr):
        if self._mock_name is None:
            return _Call(name=attr, from_kall=False)
        return _Call(name=f"{self._mock_name}.{attr}", parent=self, from_kall=False)

    def __getattribute__(self, attr):
        # The methods of tuples are names of attributes to be called.
        if attr in tuple.__dict__:
            raise AttributeError
        return tuple.__getattribute__(self, attr)

    def _get_call_arguments(self):
        return self if len(self) == 2 else tuple(self)[1:]

    @property
    def args(self):
        return self._get_call_arguments()[0]

    @property
    def kwargs(self):
        return self._get_call_arguments()[1]

    def __repr__(self):
        if not self._mock_from_kall:
            name = self._mock_name or "call"
            return f"call{name}" if name.startswith("()") else name
        if len(self) == 2:
            name = "call"
            args, kwargs = self
        else:
            name, args, kwargs = self
            if not name:
                name = "call"
            elif not name.startswith("()"):
                name = f"call.{name}"
            else:
                name = f"call{name}"
        return _format_call_signature(name, args, kwargs)

    def call_list(self):
        """For a call object that represents multiple calls, `call_list`
        returns a list of all the intermediate calls as well as the
        final call."""
        calls = []
        each = self
        while each is not None:
            if each._mock_from_kall:
                calls.append(each)
            each = each._mock_parent
        return _CallList(reversed(calls))


class _CallList(list):
    """Calls in order; a list is in it when it occurs as a run."""

    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        length = len(value)
        return any(
            self[begin : begin + length] == value
            for begin in range(len(self) - length + 1)
        )

    def __repr__(self):
        import pprint

        return pprint.pformat(list(self))


call = _Call(from_kall=False)


def _calls_repr(calls, prefix="Calls"):
    return f"\n{prefix}: {safe_repr(calls)}." if calls else ""
