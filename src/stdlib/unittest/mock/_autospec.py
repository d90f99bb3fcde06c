"""Mocks made after a thing: with its attributes, and the signatures of what can be called.

Source: Library Reference "unittest.mock", create_autospec.
"""

import inspect

from . import _specs
from ._async import AsyncMock
from ._calls import _CallList
from ._magic import MagicMock, NonCallableMagicMock
from ._mocks import (
    InvalidSpecError,
    _is_instance_mock,
    _SpecState,
)
from ._names import _is_magic
from ._specs import FunctionTypes, _extract_mock, _is_list, _must_skip


def create_autospec(
    spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs
):
    """Create a mock object using another object as a spec. Attributes on the
    mock will use the corresponding attribute on the `spec` object as their
    spec.

    Functions or methods being mocked will have their arguments checked
    to check that they are called with the correct signature.

    If `spec_set` is True then attempting to set attributes that don't exist
    on the spec object will raise an `AttributeError`.

    If a class is used as a spec then the return value of the mock (the
    'instance') will have the same spec. You can use a class as the spec for
    an instance object by passing `instance=True`. The returned mock will only
    be callable if instances of the mock are callable.

    `create_autospec` will raise a `RuntimeError` if passed some common
    misspellings of the arguments `autospec` and `spec_set`. Pass the argument
    `unsafe` with the value True to disable that check.

    `create_autospec` also takes arbitrary keyword arguments that are passed to
    the constructor of the created mock."""
    if _is_list(spec):
        # The type of the value, where a list of names would be a spec.
        spec = type(spec)
    is_type = isinstance(spec, type)
    if _is_instance_mock(spec):
        raise InvalidSpecError(f"Cannot autospec a Mock object. [object={spec!r}]")
    is_async = _specs._is_async_func(spec)
    if is_async and instance:
        raise RuntimeError(
            "Instance can not be True when create_autospec is mocking an async function"
        )
    if not unsafe:
        _check_spec_arg_typos(kwargs)
    given = {"spec": spec}
    if spec_set:
        given = {"spec_set": spec}
    elif spec is None:
        # None has no attributes, but is the value of many.
        given = {}
    if given and instance:
        given["_spec_as_instance"] = True
    name = _name
    wrapped = kwargs.pop("wraps", None)
    if wrapped is not None:
        given["wraps"] = wrapped
    cls = MagicMock
    if inspect.isdatadescriptor(spec):
        # What a property gives is not known.
        given.pop("spec", None)
        given.pop("spec_set", None)
        given.pop("_spec_as_instance", None)
    elif is_type and instance and not _specs._instance_callable(spec):
        cls = NonCallableMagicMock
    elif not _specs._callable(spec):
        cls = NonCallableMagicMock
    elif is_async:
        cls = AsyncMock
    for setting in ("name", "side_effect", "return_value", "parent"):
        if setting in kwargs:
            given[setting] = kwargs.pop(setting)
    if unsafe:
        given["unsafe"] = True
    name = given.pop("name", name)
    new_name = name
    if _parent is None:
        # The outermost mock has its name for itself.
        new_name = ""
    mock = cls(parent=_parent, _new_parent=_parent, _new_name=new_name, name=name, **given)
    if isinstance(spec, FunctionTypes):
        # Callers may look at it as at a function: it becomes one.
        mock = _set_signature(mock, spec, is_async)
        if is_async:
            _setup_async_mock(mock)
    else:
        _specs._check_sig(spec, mock, is_type, instance)
    if _parent is not None and not instance:
        _parent._mock_children[_name] = mock
    if is_type and not instance and "return_value" not in given:
        mock.return_value = create_autospec(
            spec, spec_set, instance=True, _name="()", _parent=mock, wraps=wrapped
        )
    for entry in dir(spec):
        if _is_magic(entry):
            # MagicMock has seen to them.
            continue
        try:
            original = getattr(spec, entry)
        except AttributeError:
            continue
        if not isinstance(original, FunctionTypes):
            child = _SpecState(original, spec_set, mock, entry, instance)
            mock._mock_children[entry] = child
        else:
            child = _autospec_of_method(
                spec, entry, original, mock, is_type, spec_set, wrapped
            )
        # A function takes attributes of its own.
        if isinstance(mock, FunctionTypes):
            setattr(mock, entry, child)
    if kwargs:
        # They may reach into the return value, which is there only now.
        _extract_mock(mock).configure_mock(**kwargs)
    return mock


def _autospec_of_method(spec, entry, original, mock, is_type, spec_set, wrapped):
    parent = mock.mock if isinstance(spec, FunctionTypes) else mock
    skip_first = _must_skip(spec, entry, is_type)
    given = {"spec_set" if spec_set else "spec": original, "_eat_self": skip_first}
    if wrapped is not None and hasattr(wrapped, entry):
        given["wraps"] = getattr(wrapped, entry)
    cls = AsyncMock if inspect.iscoroutinefunction(original) else MagicMock
    child = cls(parent=parent, name=entry, _new_name=entry, _new_parent=parent, **given)
    mock._mock_children[entry] = child
    _specs._check_sig(original, child, skip_first)
    return child


_TYPOS = ("autospect", "auto_spec", "set_spec")


def _check_spec_arg_typos(kwargs_to_check):
    """A misspelled argument would become an attribute of the mock, without a word."""
    for typo in _TYPOS:
        if typo in kwargs_to_check:
            raise RuntimeError(
                f"{typo!r} might be a typo; use unsafe=True if this is intended"
            )


def _set_signature(mock, original, is_async=False):
    """A function with the signature of the original that passes its calls on to a mock."""
    skip_first = isinstance(original, type)
    found = _specs._get_signature_object(original, False, skip_first)
    if found is None:
        return mock
    function, signature = found

    if is_async:

        async def funcopy(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return await mock(*args, **kwargs)

    else:

        def funcopy(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return mock(*args, **kwargs)

    name = original.__name__
    funcopy.__name__ = funcopy.__qualname__ = name if name.isidentifier() else "funcopy"
    for attribute in ("__doc__", "__module__", "__defaults__", "__kwdefaults__"):
        try:
            setattr(funcopy, attribute, getattr(function, attribute))
        except (AttributeError, TypeError):
            pass
    funcopy.__signature__ = signature
    _setup_func(funcopy, mock)
    return funcopy


def _setup_func(funcopy, mock):
    """Gives a function the attributes of the mock behind it."""
    funcopy.mock = mock

    def to_mock(name):
        def method(*args, **kwargs):
            return getattr(mock, name)(*args, **kwargs)

        method.__name__ = name
        return method

    for name in (
        "assert_called_with",
        "assert_not_called",
        "assert_called_once",
        "assert_called_once_with",
        "assert_has_calls",
        "assert_any_call",
        "assert_called",
    ):
        setattr(funcopy, name, to_mock(name))

    def reset_mock():
        funcopy.method_calls = _CallList()
        funcopy.mock_calls = _CallList()
        mock.reset_mock()
        value = funcopy.return_value
        if _is_instance_mock(value) and value is not mock:
            value.reset_mock()

    funcopy.reset_mock = reset_mock
    funcopy.called = False
    funcopy.call_count = 0
    funcopy.call_args = None
    funcopy.call_args_list = _CallList()
    funcopy.method_calls = _CallList()
    funcopy.mock_calls = _CallList()
    funcopy.return_value = mock.return_value
    funcopy.side_effect = mock.side_effect
    funcopy._mock_children = mock._mock_children
    # From now on the function's attributes count.
    mock._mock_delegate = funcopy


def _setup_async_mock(funcopy):
    """The same for what is awaited."""
    import asyncio

    mock = funcopy.mock
    funcopy._is_coroutine = asyncio.coroutines._is_coroutine
    funcopy.await_count = 0
    funcopy.await_args = None
    funcopy.await_args_list = _CallList()

    def to_mock(name):
        def method(*args, **kwargs):
            return getattr(mock, name)(*args, **kwargs)

        return method

    for name in (
        "assert_awaited",
        "assert_awaited_once",
        "assert_awaited_with",
        "assert_awaited_once_with",
        "assert_any_await",
        "assert_has_awaits",
        "assert_not_awaited",
    ):
        setattr(funcopy, name, to_mock(name))
