"""Mocks with special methods: MagicMock has them from the beginning.

A special method is made into a mock of its own when it is first used: until then a `MagicProxy`
stands for it on the mock's class.

Source: Library Reference "unittest.mock", MagicMock and magic method support.
"""

from ._calls import DEFAULT
from ._mocks import Base, Mock, NonCallableMock
from ._names import _async_method_magics, _is_magic, _magics

_COMPARISONS = ("__lt__", "__gt__", "__le__", "__ge__")

# What special methods give, unless something else is set.
_return_values = {name: NotImplemented for name in _COMPARISONS} | {
    "__int__": 1,
    "__contains__": False,
    "__len__": 0,
    "__exit__": False,
    "__complex__": 1j,
    "__float__": 1.0,
    "__bool__": True,
    "__index__": 1,
    "__aexit__": False,
}

_calculated_values = {
    "__hash__": lambda self: object.__hash__(self),
    "__str__": lambda self: object.__str__(self),
    "__sizeof__": lambda self: object.__sizeof__(self),
    "__fspath__": lambda self: f"{type(self).__name__}/{self._extract_mock_name()}/{id(self)}",
}


def _given(mock, name):
    """What was set as the return value of a special method; DEFAULT when nothing was."""
    return getattr(mock, name)._mock_return_value


def _effect_of_eq(self):
    def __eq__(other):
        value = _given(self, "__eq__")
        if value is not DEFAULT:
            return value
        return True if self is other else NotImplemented

    return __eq__


def _effect_of_ne(self):
    def __ne__(other):
        if _given(self, "__ne__") is not DEFAULT:
            return DEFAULT
        return False if self is other else NotImplemented

    return __ne__


def _effect_of_iter(self):
    def __iter__():
        value = _given(self, "__iter__")
        # An iterator that was set is used up, as it would be by its owner.
        return iter([]) if value is DEFAULT else iter(value)

    return __iter__


def _effect_of_aiter(self):
    from ._async import _AsyncIterator

    def __aiter__():
        value = _given(self, "__aiter__")
        return _AsyncIterator(iter([] if value is DEFAULT else value))

    return __aiter__


_side_effects = {
    "__eq__": _effect_of_eq,
    "__ne__": _effect_of_ne,
    "__iter__": _effect_of_iter,
    "__aiter__": _effect_of_aiter,
}


def _set_return_value(mock, method, name):
    if name in _return_values:
        method.return_value = _return_values[name]
    elif name in _calculated_values:
        method.return_value = _calculated_values[name](mock)
    elif name in _side_effects:
        method.side_effect = _side_effects[name](mock)


class MagicProxy(Base):
    """Makes a special method when it is looked up for the first time."""

    __module__ = "unittest.mock"

    def __init__(self, name, parent):
        self.name = name
        self.parent = parent

    def create_mock(self):
        name, parent = self.name, self.parent
        method = parent._get_child_mock(name=name, _new_name=name, _new_parent=parent)
        setattr(parent, name, method)
        _set_return_value(parent, method, name)
        return method

    def __get__(self, obj, _type=None):
        return self.create_mock()


class MagicMixin(Base):
    """Gives a mock its special methods."""

    __module__ = "unittest.mock"

    def __init__(self, /, *args, **kw):
        # Twice: the first so that what __init__ sets finds them, the second for the spec.
        self._mock_set_magics()
        super().__init__(*args, **kw)
        self._mock_set_magics()

    def _mock_set_magics(self):
        own = type(self)
        names = _magics | _async_method_magics
        if getattr(self, "_mock_methods", None) is not None:
            wanted = names.intersection(self._mock_methods)
            for name in names - wanted:
                # What was put there before the spec was known.
                if name in own.__dict__:
                    delattr(self, name)
            names = wanted
        for name in names - own.__dict__.keys():
            setattr(own, name, MagicProxy(name, self))


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A version of `MagicMock` that isn't callable."""

    __module__ = "unittest.mock"

    def mock_add_spec(self, spec, spec_set=False):
        """Add a spec to a mock. `spec` can either be an object or a
        list of strings. Only attributes on the `spec` can be fetched as
        attributes from the mock.

        If `spec_set` is True then only attributes on the spec can be set."""
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class MagicMock(MagicMixin, Mock):
    """
    MagicMock is a subclass of Mock with default implementations
    of most of the magic methods. You can use MagicMock without having to
    configure the magic methods yourself.

    If you use the `spec` or `spec_set` arguments then *only* magic
    methods that exist in the spec will be created.

    Attributes and the return value of a `MagicMock` will also be `MagicMocks`.
    """

    __module__ = "unittest.mock"

    def mock_add_spec(self, spec, spec_set=False):
        """Add a spec to a mock. `spec` can either be an object or a
        list of strings. Only attributes on the `spec` can be fetched as
        attributes from the mock.

        If `spec_set` is True then only attributes on the spec can be set."""
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()

    def reset_mock(self, /, *args, return_value=False, **kwargs):
        """Restore the mock object to its initial state; a special method keeps what it gives,
        which must be of a certain type."""
        if return_value and self._mock_name and _is_magic(self._mock_name):
            return_value = False
        super().reset_mock(*args, return_value=return_value, **kwargs)
