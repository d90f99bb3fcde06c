"""What mocks need to know about the things that they stand for: names, signatures, kinds.

Source: Library Reference "unittest.mock", Autospeccing.
"""

import inspect
from types import FunctionType, MethodType

FunctionTypes = (FunctionType, MethodType)


def _is_async_obj(obj):
    """Whether calling the object gives a coroutine, or it can be awaited itself."""
    from ._async import AsyncMock
    from ._mocks import _is_instance_mock

    if _is_instance_mock(obj) and not isinstance(obj, AsyncMock):
        return False
    if hasattr(obj, "__func__"):
        obj = obj.__func__
    return inspect.iscoroutinefunction(obj) or inspect.isawaitable(obj)


def _is_async_func(obj):
    return bool(getattr(obj, "__code__", None)) and inspect.iscoroutinefunction(obj)


def _is_exception(obj):
    return isinstance(obj, BaseException) or (
        isinstance(obj, type) and issubclass(obj, BaseException)
    )


def _extract_mock(obj):
    """The mock behind a function that create_autospec() made."""
    if isinstance(obj, FunctionTypes) and hasattr(obj, "mock"):
        return obj.mock
    return obj


def _callable(obj):
    if isinstance(obj, type):
        return True
    if isinstance(obj, (staticmethod, classmethod, MethodType)):
        return _callable(obj.__func__)
    return getattr(obj, "__call__", None) is not None


def _is_list(obj):
    # Not subclasses: named tuples are objects with fields.
    return type(obj) in (list, tuple)


def _instance_callable(obj):
    """Given an object, return True if the object is callable.
    For classes, return True if instances would be callable."""
    if not isinstance(obj, type):
        return getattr(obj, "__call__", None) is not None
    return any(base.__dict__.get("__call__") is not None for base in obj.__mro__)


def _get_signature_object(spec, as_instance, eat_self):
    """The function whose parameters count when a thing is called, with its signature; None
    where there is no telling."""
    if isinstance(spec, type) and not as_instance:
        # The first parameter of __init__ is not the caller's.
        spec, eat_self = spec.__init__, True
    elif isinstance(spec, (classmethod, staticmethod)):
        if isinstance(spec, classmethod):
            eat_self = True
        spec = spec.__func__
    elif not isinstance(spec, FunctionTypes):
        try:
            spec = spec.__call__
        except AttributeError:
            return None
    function = spec
    if eat_self:
        from functools import partial

        function = partial(spec, None)
    try:
        return spec, inspect.signature(function)
    except ValueError:
        # Built-in callables may have no signature.
        return None


def _check_sig(phonebook, mock, skipfirst, instance=False):
    """Has calls of a mock's class fail where the arguments do not fit what it stands for."""
    found = _get_signature_object(phonebook, instance, skipfirst)
    if found is None:
        return
    function, signature = found

    def checksig(self, /, *args, **kwargs):
        signature.bind(*args, **kwargs)

    for name in ("__name__", "__doc__", "__text_signature__", "__module__", "__defaults__", "__kwdefaults__"):
        try:
            setattr(checksig, name, getattr(function, name))
        except (AttributeError, TypeError):
            pass
    type(mock)._mock_check_sig = checksig
    type(mock).__signature__ = signature


def _must_skip(spec, entry, is_type):
    """Whether the first parameter of a method of `spec` is filled in by the call."""
    if not isinstance(spec, type):
        if entry in getattr(spec, "__dict__", {}):
            # An attribute of the instance: no method.
            return False
        spec = spec.__class__
    for cls in spec.__mro__:
        found = cls.__dict__.get(entry, _nothing)
        if found is _nothing:
            continue
        if isinstance(found, (staticmethod, classmethod)):
            return False
        if isinstance(found, FunctionTypes):
            # Called on the class, the caller gives the first argument.
            return is_type
        return False
    return is_type


_nothing = object()
