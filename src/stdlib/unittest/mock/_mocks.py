"""The mock itself: attributes on demand, calls remembered, and what can be asserted of them.

Each mock has a class of its own, made in `__new__`, so that special methods, which Python looks
up on classes, can be set on one mock alone.

A mock's place in its tree stands in `_mock_parent` and `_mock_name` when it is an attribute of
its parent, and in `_mock_new_parent` and `_mock_new_name` also when it is what a call of its
parent gave, whose name is `()`.

Source: Library Reference "unittest.mock", The Mock Class.
"""

import inspect
import threading

from . import _specs
from ._calls import (
    DEFAULT,
    _Call,
    _calls_repr,
    _CallList,
    _deleted,
    _format_call_signature,
    _missing,
    call,
)
from ._names import _all_magics, _is_magic, _unsupported_magics
from ._specs import _callable, _extract_mock, _is_exception, _is_list


class InvalidSpecError(Exception):
    """Indicates that an invalid value was used as a mock spec."""

    __module__ = "unittest.mock"


class _SpecState:
    """A child that create_autospec() will make when it is asked for."""

    def __init__(
        self, spec, spec_set=False, parent=None, name=None, ids=None, instance=False
    ):
        self.spec = spec
        self.ids = ids
        self.spec_set = spec_set
        self.parent = parent
        self.instance = instance
        self.name = name


class _MockIter:
    """The side effects of a function that was given an iterable of them."""

    def __init__(self, obj):
        self.obj = iter(obj)

    def __next__(self):
        return next(self.obj)


def _try_iter(obj):
    if obj is None or _is_exception(obj) or _callable(obj):
        return obj
    try:
        return iter(obj)
    except TypeError:
        # A mock with a spec that is not callable: to be called all the same.
        return obj


def _is_instance_mock(obj):
    # Not isinstance(): the mock may claim to be something else.
    return issubclass(type(obj), NonCallableMock)


def _check_and_set_parent(parent, value, name, new_name):
    """Makes a mock the child of another, unless it has a place of its own."""
    value = _extract_mock(value)
    if not _is_instance_mock(value):
        return False
    if (
        (value._mock_name or value._mock_new_name)
        or (value._mock_parent is not None)
        or (value._mock_new_parent is not None)
    ):
        return False
    above = parent
    while above is not None:
        if above is value:
            # A mock that gives itself.
            return False
        above = above._mock_new_parent
    if new_name:
        value._mock_new_parent = parent
        value._mock_new_name = new_name
    if name:
        value._mock_parent = parent
        value._mock_name = name
    return True


# Names that are mistaken for assert methods.
_ASSERT_PREFIXES = ("assert", "assret", "asert", "aseert", "assrt")
_MISTAKEN = {
    "called_with",
    "called_once_with",
    "called_once",
    "any_call",
    "has_calls",
    "not_called",
    "has_awaits",
    "awaited_with",
    "awaited_once_with",
    "awaited_once",
    "awaited",
    "any_await",
    "not_awaited",
}


def _delegating_property(name):
    """An attribute that a function made by create_autospec() may hold instead of its mock."""
    own = "_mock_" + name

    def _get(self):
        delegate = self._mock_delegate
        return getattr(self, own) if delegate is None else getattr(delegate, name)

    def _set(self, value):
        delegate = self._mock_delegate
        if delegate is None:
            self.__dict__[own] = value
        else:
            setattr(delegate, name, value)

    return property(_get, _set)


class Base:
    """The slots that are needed before __init__ has run."""

    __module__ = "unittest.mock"

    _mock_return_value = DEFAULT
    _mock_side_effect = None

    def __init__(self, /, *args, **kwargs):
        pass


class NonCallableMock(Base):
    """A non-callable version of `Mock`"""

    __module__ = "unittest.mock"

    # Guards the children of all mocks: threads may ask for the same one.
    _lock = threading.RLock()

    def __new__(
        cls,
        spec=None,
        wraps=None,
        name=None,
        spec_set=None,
        parent=None,
        _spec_state=None,
        _new_name="",
        _new_parent=None,
        _spec_as_instance=False,
        _eat_self=None,
        unsafe=False,
        **kwargs,
    ):
        bases = (cls,)
        from ._async import AsyncMockMixin

        if not issubclass(cls, AsyncMockMixin):
            of = spec_set or spec
            if of is not None and _specs._is_async_obj(of):
                bases = (AsyncMockMixin, cls)
        namespace = {"__doc__": cls.__doc__, "__module__": cls.__module__}
        return object.__new__(type(cls.__name__, bases, namespace))

    def __init__(
        self,
        spec=None,
        wraps=None,
        name=None,
        spec_set=None,
        parent=None,
        _spec_state=None,
        _new_name="",
        _new_parent=None,
        _spec_as_instance=False,
        _eat_self=None,
        unsafe=False,
        **kwargs,
    ):
        if _new_parent is None:
            _new_parent = parent
        own = self.__dict__
        own["_mock_parent"] = parent
        own["_mock_name"] = name
        own["_mock_new_name"] = _new_name
        own["_mock_new_parent"] = _new_parent
        own["_mock_sealed"] = False
        if spec_set is not None:
            spec, spec_set = spec_set, True
        if _eat_self is None:
            _eat_self = parent is not None
        self._mock_add_spec(spec, spec_set, _spec_as_instance, _eat_self)
        own["_mock_children"] = {}
        own["_mock_wraps"] = wraps
        own["_mock_delegate"] = None
        own["_mock_called"] = False
        own["_mock_call_args"] = None
        own["_mock_call_count"] = 0
        own["_mock_call_args_list"] = _CallList()
        own["_mock_mock_calls"] = _CallList()
        own["method_calls"] = _CallList()
        own["_mock_unsafe"] = unsafe
        if kwargs:
            self.configure_mock(**kwargs)
        Base.__init__(self)

    def attach_mock(self, mock, attribute):
        """
        Attach a mock as an attribute of this one, replacing its name and
        parent. Calls to the attached mock will be recorded in the
        `method_calls` and `mock_calls` attributes of this one."""
        inner = _extract_mock(mock)
        inner._mock_parent = None
        inner._mock_new_parent = None
        inner._mock_name = ""
        inner._mock_new_name = None
        setattr(self, attribute, mock)

    def mock_add_spec(self, spec, spec_set=False):
        """Add a spec to a mock. `spec` can either be an object or a
        list of strings. Only attributes on the `spec` can be fetched as
        attributes from the mock.

        If `spec_set` is True then only attributes on the spec can be set."""
        self._mock_add_spec(spec, spec_set)

    def _mock_add_spec(self, spec, spec_set, _spec_as_instance=False, _eat_self=False):
        if _is_instance_mock(spec):
            raise InvalidSpecError(f"Cannot spec a Mock object. [object={spec!r}]")
        spec_class = None
        signature = None
        asyncs = []
        if spec is not None and not _is_list(spec):
            spec_class = spec if isinstance(spec, type) else type(spec)
            found = _specs._get_signature_object(spec, _spec_as_instance, _eat_self)
            signature = found and found[1]
            names = dir(spec)
            for name in names:
                static = inspect.getattr_static(spec, name, None)
                if isinstance(static, (staticmethod, classmethod)):
                    static = static.__func__
                if inspect.iscoroutinefunction(static):
                    asyncs.append(name)
            spec = names
        own = self.__dict__
        own["_spec_class"] = spec_class
        own["_spec_set"] = spec_set
        own["_spec_signature"] = signature
        own["_mock_methods"] = spec
        own["_spec_asyncs"] = asyncs

    # ---- What a call gives.

    def _get_return_value(self):
        value = self._mock_return_value
        if self._mock_delegate is not None:
            value = self._mock_delegate.return_value
        if value is DEFAULT and self._mock_wraps is None:
            value = self._get_child_mock(_new_parent=self, _new_name="()")
            self.return_value = value
        return value

    def _set_return_value(self, value):
        if self._mock_delegate is not None:
            self._mock_delegate.return_value = value
        else:
            self._mock_return_value = value
            _check_and_set_parent(self, value, None, "()")

    return_value = property(
        _get_return_value,
        _set_return_value,
        doc="The value to be returned when the mock is called.",
    )

    @property
    def __class__(self):
        if self._spec_class is None:
            return type(self)
        return self._spec_class

    called = _delegating_property("called")
    call_count = _delegating_property("call_count")
    call_args = _delegating_property("call_args")
    call_args_list = _delegating_property("call_args_list")
    mock_calls = _delegating_property("mock_calls")

    def _get_side_effect(self):
        delegate = self._mock_delegate
        if delegate is None:
            return self._mock_side_effect
        effect = delegate.side_effect
        if (
            effect is not None
            and not callable(effect)
            and not isinstance(effect, _MockIter)
            and not _is_exception(effect)
        ):
            effect = delegate.side_effect = _MockIter(effect)
        return effect

    def _set_side_effect(self, value):
        value = _try_iter(value)
        if self._mock_delegate is None:
            self._mock_side_effect = value
        else:
            self._mock_delegate.side_effect = value

    side_effect = property(_get_side_effect, _set_side_effect)

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        "Restore the mock object to its initial state."
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self.called = False
        self.call_args = None
        self.call_count = 0
        self.mock_calls = _CallList()
        self.call_args_list = _CallList()
        self.method_calls = _CallList()
        if return_value:
            self._mock_return_value = DEFAULT
        if side_effect:
            self._mock_side_effect = None
        for child in self._mock_children.values():
            if isinstance(child, _SpecState) or child is _deleted:
                continue
            child.reset_mock(
                visited, return_value=return_value, side_effect=side_effect
            )
        result = self._mock_return_value
        if _is_instance_mock(result) and result is not self:
            result.reset_mock(visited)

    def configure_mock(self, /, **kwargs):
        """Set attributes on the mock through keyword arguments.

        Attributes plus return values and side effects can be set on child
        mocks using standard dot notation and unpacking a dictionary in the
        method call:

        >>> attrs = {'method.return_value': 3, 'other.side_effect': KeyError}
        >>> mock.configure_mock(**attrs)"""
        # What is set on a child must find it: shorter paths first.
        for path, value in sorted(
            kwargs.items(), key=lambda pair: pair[0].count(".")
        ):
            *parents, last = path.split(".")
            obj = self
            for name in parents:
                obj = getattr(obj, name)
            setattr(obj, last, value)

    # ---- Attributes.

    def __getattr__(self, name):
        if name in {"_mock_methods", "_mock_unsafe"}:
            raise AttributeError(name)
        if self._mock_methods is not None:
            if name not in self._mock_methods or name in _all_magics:
                raise AttributeError(f"Mock object has no attribute {name!r}")
        elif _is_magic(name):
            raise AttributeError(name)
        if not self._mock_unsafe and (
            not self._mock_methods or name not in self._mock_methods
        ):
            if name.startswith(_ASSERT_PREFIXES) or name in _MISTAKEN:
                raise AttributeError(
                    f"{name!r} is not a valid assertion. Use a spec "
                    f"for the mock if {name!r} is meant to be an attribute."
                )
        with NonCallableMock._lock:
            child = self._mock_children.get(name)
            if child is _deleted:
                raise AttributeError(name)
            if child is None:
                wraps = None
                if self._mock_wraps is not None:
                    wraps = getattr(self._mock_wraps, name)
                child = self._get_child_mock(
                    parent=self,
                    name=name,
                    wraps=wraps,
                    _new_name=name,
                    _new_parent=self,
                )
                self._mock_children[name] = child
            elif isinstance(child, _SpecState):
                child = self._made_from_spec(child)
                self._mock_children[name] = child
        return child

    def _made_from_spec(self, state):
        from ._autospec import create_autospec

        try:
            return create_autospec(
                state.spec, state.spec_set, state.instance, state.parent, state.name
            )
        except InvalidSpecError:
            target = self.__dict__["_mock_name"] or self
            raise InvalidSpecError(
                f"Cannot autospec attr {state.name!r} from target "
                f"{target!r} as it has already been mocked out. "
                f"[target={self!r}, attr={state.spec!r}]"
            ) from None

    def _extract_mock_name(self):
        names = [self._mock_new_name]
        parent = self._mock_new_parent
        last = self
        # A dot stands before each name that is not the parentheses of a call.
        dot = "" if names == ["()"] else "."
        while parent is not None:
            last = parent
            names.append(parent._mock_new_name + dot)
            dot = "" if parent._mock_new_name == "()" else "."
            parent = parent._mock_new_parent
        names.reverse()
        first = last._mock_name or "mock"
        if len(names) > 1 and names[1] not in ("()", "()."):
            first += "."
        names[0] = first
        return "".join(names)

    def __repr__(self):
        name = self._extract_mock_name()
        text = f"<{type(self).__name__}"
        if name not in ("mock", "mock."):
            text += f" name={name!r}"
        if self._spec_class is not None:
            kind = "spec_set" if self._spec_set else "spec"
            text += f" {kind}={self._spec_class.__name__!r}"
        return f"{text} id='{id(self)}'>"

    def __dir__(self):
        """Filter the output of `dir(mock)` to only useful members."""
        from unittest import mock

        if not mock.FILTER_DIR:
            return object.__dir__(self)
        children = [
            name for name, value in self._mock_children.items() if value is not _deleted
        ]
        names = [name for name in dir(type(self)) if not name.startswith("_")]
        extras = self._mock_methods or []
        own = [
            name
            for name in self.__dict__
            if not name.startswith("_") or _is_magic(name)
        ]
        return sorted({*extras, *names, *own, *children})

    def __setattr__(self, name, value):
        own = self.__dict__
        if name in _SETTERS:
            return object.__setattr__(self, name, value)
        if (
            self._spec_set
            and self._mock_methods is not None
            and name not in self._mock_methods
            and name not in own
        ):
            raise AttributeError(f"Mock object has no attribute '{name}'")
        if name in _unsupported_magics:
            raise AttributeError(
                f"Attempting to set unsupported magic method {name!r}."
            )
        if name in _all_magics:
            if self._mock_methods is not None and name not in self._mock_methods:
                raise AttributeError(f"Mock object has no attribute '{name}'")
            value = self._set_magic(name, value)
        elif name == "__class__":
            self._spec_class = value
            return None
        elif _check_and_set_parent(self, value, name, name):
            self._mock_children[name] = value
        if self._mock_sealed and not hasattr(self, name):
            raise AttributeError(f"Cannot set {self._extract_mock_name()}.{name}")
        if isinstance(value, PropertyMock):
            own[name] = value
            return None
        return object.__setattr__(self, name, value)

    def _set_magic(self, name, value):
        """Puts a special method on the class; gives what the instance is to show."""
        if _is_instance_mock(value):
            _check_and_set_parent(self, value, None, name)
            setattr(type(self), name, value)
            self._mock_children[name] = value
            return value

        def method(self, /, *args, **kw):
            return value(self, *args, **kw)

        method.__name__ = name
        setattr(type(self), name, method)
        return lambda *args, **kw: value(self, *args, **kw)

    def __delattr__(self, name):
        if name in _all_magics and name in type(self).__dict__:
            delattr(type(self), name)
            if name not in self.__dict__:
                return
        child = self._mock_children.get(name, _missing)
        if name in self.__dict__:
            object.__delattr__(self, name)
        elif child is _deleted:
            raise AttributeError(name)
        self._mock_children[name] = _deleted

    # ---- Assertions.

    def _format_mock_call_signature(self, args, kwargs):
        return _format_call_signature(self._mock_name or "mock", args, kwargs)

    def _format_mock_failure_message(self, args, kwargs, action="call"):
        expected = self._format_mock_call_signature(args, kwargs)
        actual = self._format_mock_call_signature(*self.call_args)
        return (
            f"expected {action} not found.\nExpected: {expected}\n  Actual: {actual}"
        )

    def _get_call_signature_from_name(self, name):
        """The signature of the child that a call names: `foo().bar` stands for two steps."""
        if not name:
            return self._spec_signature
        signature = None
        children = self._mock_children
        for part in name.replace("()", "").split("."):
            child = children.get(part)
            if child is None or isinstance(child, _SpecState):
                break
            child = _extract_mock(child)
            children = child._mock_children
            signature = child._spec_signature
        return signature

    def _call_matcher(self, _call):
        """A call in the form in which it is compared: bound to the parameters, when there
        is a signature. A call that does not fit it becomes the exception that says so."""
        if isinstance(_call, tuple) and len(_call) > 2:
            signature = self._get_call_signature_from_name(_call[0])
        else:
            signature = self._spec_signature
        if signature is None:
            return _call
        if len(_call) == 2:
            name, (args, kwargs) = "", _call
        else:
            name, args, kwargs = _call
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as error:
            return error.with_traceback(None)
        return call(name, bound.args, bound.kwargs)

    def _count(self):
        return self.call_count

    def assert_not_called(self):
        """assert that the mock was never called."""
        if self.call_count != 0:
            raise AssertionError(
                f"Expected '{self._mock_name or 'mock'}' to not have been called. "
                f"Called {self.call_count} times.{self._calls_repr()}"
            )

    def assert_called(self):
        """assert that the mock was called at least once"""
        if self.call_count == 0:
            raise AssertionError(
                f"Expected '{self._mock_name or 'mock'}' to have been called."
            )

    def assert_called_once(self):
        """assert that the mock was called only once."""
        if self.call_count != 1:
            raise AssertionError(
                f"Expected '{self._mock_name or 'mock'}' to have been called once. "
                f"Called {self.call_count} times.{self._calls_repr()}"
            )

    def assert_called_with(self, /, *args, **kwargs):
        """assert that the last call was made with the specified arguments.

        Raises an AssertionError if the args and keyword args passed in are
        different to the last call to the mock."""
        if self.call_args is None:
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(
                f"expected call not found.\nExpected: {expected}\n  Actual: not called."
            )
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        actual = self._call_matcher(self.call_args)
        if actual != expected:
            cause = expected if isinstance(expected, Exception) else None
            message = self._format_mock_failure_message(args, kwargs)
            raise AssertionError(message) from cause

    def assert_called_once_with(self, /, *args, **kwargs):
        """assert that the mock was called exactly once and that that call was
        with the specified arguments."""
        if self.call_count != 1:
            raise AssertionError(
                f"Expected '{self._mock_name or 'mock'}' to be called once. "
                f"Called {self.call_count} times.{self._calls_repr()}"
            )
        return self.assert_called_with(*args, **kwargs)

    def assert_has_calls(self, calls, any_order=False):
        """assert the mock has been called with the specified calls.
        The `mock_calls` list is checked for the calls.

        If `any_order` is False (the default) then the calls must be
        sequential. There can be extra calls before or after the
        specified calls.

        If `any_order` is True then the calls can be in any order, but
        they must all appear in `mock_calls`."""
        expected = [self._call_matcher(c) for c in calls]
        cause = next((e for e in expected if isinstance(e, Exception)), None)
        all_calls = _CallList(self._call_matcher(c) for c in self.mock_calls)
        if not any_order:
            if expected not in all_calls:
                if cause is None:
                    problem = "Calls not found."
                else:
                    errors = [e if isinstance(e, Exception) else None for e in expected]
                    problem = f"Error processing expected calls.\nErrors: {errors}"
                actual = self._calls_repr(prefix="  Actual").rstrip(".")
                raise AssertionError(
                    f"{problem}\nExpected: {_CallList(calls)}"
                    f"{actual or chr(10) + '  Actual: []'}"
                ) from cause
            return
        left = list(all_calls)
        missing = []
        for each in expected:
            try:
                left.remove(each)
            except ValueError:
                missing.append(each)
        if missing:
            raise AssertionError(
                f"{self._mock_name or 'mock'!r} does not contain all of "
                f"{tuple(missing)!r} in its call list, found {left!r} instead"
            ) from cause

    def assert_any_call(self, /, *args, **kwargs):
        """assert the mock has been called with the specified arguments.

        The assert passes if the mock has *ever* been called, unlike
        `assert_called_with` and `assert_called_once_with` that only pass if
        the call is the most recent one."""
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        cause = expected if isinstance(expected, Exception) else None
        actual = [self._call_matcher(c) for c in self.call_args_list]
        if cause or expected not in _AnyComparer(actual):
            text = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(f"{text} call not found") from cause

    def _get_child_mock(self, /, **kw):
        """Create the child mocks for attributes and return value.
        By default child mocks will be the same type as the parent.
        Subclasses of Mock may want to override this to customize the way
        child mocks are made.

        For non-callable mocks the callable variant will be used (rather than
        any custom subclass)."""
        from ._async import AsyncMock, AsyncMockMixin
        from ._magic import MagicMock, NonCallableMagicMock
        from ._names import _all_sync_magics, _async_method_magics

        if self._mock_sealed:
            attribute = f".{kw['name']}" if "name" in kw else "()"
            raise AttributeError(self._extract_mock_name() + attribute)
        new_name = kw.get("_new_name")
        if new_name in self.__dict__["_spec_asyncs"]:
            return AsyncMock(**kw)
        cls = type(self)
        if issubclass(cls, MagicMock) and new_name in _async_method_magics:
            child = AsyncMock
        elif issubclass(cls, AsyncMockMixin):
            plain = new_name in _all_sync_magics or (
                self._mock_methods and new_name in self._mock_methods
            )
            child = MagicMock if plain else AsyncMock
        elif not issubclass(cls, CallableMixin):
            child = MagicMock if issubclass(cls, NonCallableMagicMock) else Mock
        else:
            child = cls.__mro__[1]
        return child(**kw)

    def _calls_repr(self, prefix="Calls"):
        """Renders self.mock_calls as a string.

        Example: "\\nCalls: [call(1), call(2)]."

        If self.mock_calls is empty, an empty string is returned. The
        output will be truncated if very long.
        """
        return _calls_repr(self.mock_calls, prefix)


# Attributes that are set through the class: properties, and the tree's own.
_SETTERS = {
    "called",
    "call_count",
    "call_args",
    "call_args_list",
    "mock_calls",
    "return_value",
    "side_effect",
    "_mock_return_value",
    "_mock_side_effect",
    "_mock_parent",
    "_mock_new_parent",
    "_mock_name",
    "_mock_new_name",
    "await_count",
    "await_args",
    "await_args_list",
}


class _AnyComparer(list):
    """A list that looks for a call with ANY on either side."""

    def __contains__(self, item):
        return any(
            len(item) == len(each)
            and all(wanted == got for wanted, got in zip(item, each))
            for each in self
            if isinstance(each, tuple) and isinstance(item, tuple)
        )


class CallableMixin(Base):
    """What a mock does when it is called."""

    __module__ = "unittest.mock"

    def __init__(
        self,
        spec=None,
        side_effect=None,
        return_value=DEFAULT,
        wraps=None,
        name=None,
        spec_set=None,
        parent=None,
        _spec_state=None,
        _new_name="",
        _new_parent=None,
        **kwargs,
    ):
        self.__dict__["_mock_return_value"] = return_value
        super().__init__(
            spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent,
            **kwargs,
        )
        self.side_effect = side_effect

    def _mock_check_sig(self, /, *args, **kwargs):
        # A stand-in: autospecced mocks have one that checks.
        pass

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._increment_mock_call(*args, **kwargs)
        return self._mock_call(*args, **kwargs)

    def _mock_call(self, /, *args, **kwargs):
        return self._execute_mock_call(*args, **kwargs)

    def _increment_mock_call(self, /, *args, **kwargs):
        self.called = True
        self.call_count += 1
        made = _Call((args, kwargs), two=True)
        self.call_args = made
        self.call_args_list.append(made)
        self.mock_calls.append(_Call(("", args, kwargs)))
        # Its ancestors hear of it under the path from them to here.
        is_method = self._mock_parent is not None
        method_name = self._mock_name
        name = self._mock_new_name
        after_call = name == "()"
        above = self._mock_new_parent
        while above is not None:
            if is_method:
                above.method_calls.append(_Call((method_name, args, kwargs)))
                is_method = above._mock_parent is not None
                if is_method:
                    method_name = f"{above._mock_name}.{method_name}"
            above.mock_calls.append(_Call((name, args, kwargs)))
            if above._mock_new_name:
                dot = "" if after_call else "."
                after_call = above._mock_new_name == "()"
                name = above._mock_new_name + dot + name
            above = above._mock_new_parent

    def _execute_mock_call(self, /, *args, **kwargs):
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if _callable(effect):
                result = effect(*args, **kwargs)
            else:
                result = next(effect)
                if _is_exception(result):
                    raise result
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        delegate = self._mock_delegate
        if delegate and delegate.return_value is not DEFAULT:
            return delegate.return_value
        if self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """
    Create a new `Mock` object. `Mock` takes several optional arguments
    that specify the behaviour of the Mock object:

    * `spec`: the object to take the attributes from; others raise AttributeError.
    * `spec_set`: the same, and no other attributes can be set either.
    * `side_effect`: a function to be called, an exception to be raised, or an iterable of
      results.
    * `return_value`: what the mock returns when called.
    * `unsafe`: whether attributes may look like misspelled assert methods.
    * `wraps`: the object to pass calls on to.
    * `name`: what stands in the repr.

    Other keyword arguments set attributes on the mock.
    """

    __module__ = "unittest.mock"


class PropertyMock(Mock):
    """
    A mock intended to be used as a property, or other descriptor, on a class.
    `PropertyMock` provides `__get__` and `__set__` methods so you can specify
    a return value when it is fetched.

    Fetching a `PropertyMock` instance from an object calls the mock, with
    no args. Setting it calls the mock with the value being set.
    """

    __module__ = "unittest.mock"

    def _get_child_mock(self, /, **kwargs):
        from ._magic import MagicMock

        return MagicMock(**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


def seal(mock):
    """Disable the automatic generation of child mocks.

    Given an input Mock, seals it to ensure no further mocks will be generated
    when accessing an attribute that was not already defined.

    The operation recursively seals the mock passed in, meaning that
    the mock itself, any mocks generated by accessing one of its attributes,
    and all assigned mocks without a name or spec will be sealed.
    """
    mock._mock_sealed = True
    for name in dir(mock):
        try:
            child = getattr(mock, name)
        except AttributeError:
            continue
        if not isinstance(child, NonCallableMock):
            continue
        if isinstance(child._mock_children.get(name), _SpecState):
            # The attribute of an autospec that has it again, like `real` of a number.
            continue
        if child._mock_new_parent is mock:
            seal(child)
