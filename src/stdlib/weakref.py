"""Weak references: to know an object without keeping it alive.

References and proxies are native. Here are the containers that forget what has died, a
reference to a bound method, and `finalize`, which calls a function when an object dies.

A container's entry is taken out by the callback of its weak reference. The callback knows
the container by a weak reference itself, or container and references would keep each other
alive. Iterating goes over a copy of the references: entries may vanish meanwhile.

Sources: Library Reference "weakref", PEP 205.
"""

import sys
from _collections_abc import MutableMapping, MutableSet
from _weakref import (
    CallableProxyType,
    ProxyType,
    ReferenceType,
    getweakrefcount,
    getweakrefs,
    proxy,
    ref,
)
from _weakrefset import WeakSet

__all__ = [
    "ref",
    "proxy",
    "getweakrefcount",
    "getweakrefs",
    "WeakKeyDictionary",
    "ReferenceType",
    "ProxyType",
    "CallableProxyType",
    "ProxyTypes",
    "WeakValueDictionary",
    "WeakSet",
    "WeakMethod",
    "finalize",
]

ProxyTypes = (ProxyType, CallableProxyType)

MutableSet.register(WeakSet)


class WeakMethod(ref):
    """A weak reference to a bound method.

    A bound method is made anew each time it is looked up and dies at once; this one lives
    as long as the instance does, and makes the method when it is called.
    """

    __slots__ = "_func_ref", "_meth_type", "_alive", "__weakref__"

    def __new__(cls, meth, callback=None):
        try:
            obj = meth.__self__
            func = meth.__func__
        except AttributeError:
            raise TypeError(
                f"argument should be a bound method, not {type(meth)}"
            ) from None

        def died(_):
            # Instance and function may die in any order; only the first one counts.
            self = self_ref()
            if self is not None and self._alive:
                self._alive = False
                if callback is not None:
                    callback(self)

        self = ref.__new__(cls, obj, died)
        self._func_ref = ref(func, died)
        self._meth_type = type(meth)
        self._alive = True
        self_ref = ref(self)
        return self

    def __call__(self):
        obj = super().__call__()
        func = self._func_ref()
        if obj is None or func is None:
            return None
        return self._meth_type(func, obj)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if not self._alive or not other._alive:
            return self is other
        return ref.__eq__(self, other) and self._func_ref == other._func_ref

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A reference to a value that knows under which key the value stands."""

    __slots__ = ("key",)

    def __new__(cls, value, callback, key):
        self = ref.__new__(cls, value, callback)
        self.key = key
        return self

    def __init__(self, value, callback, key):
        super().__init__(value, callback)


class WeakValueDictionary(MutableMapping):
    """A mapping that does not keep its values alive: an entry goes when its value does."""

    def __init__(self, other=(), /, **kw):
        self.data = {}
        selfref = ref(self)

        def remove(dead):
            owner = selfref()
            # The key may have been given another value in the meantime.
            if owner is not None and owner.data.get(dead.key) is dead:
                del owner.data[dead.key]

        self._remove = remove
        self.update(other, **kw)

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        del self.data[key]

    def __len__(self):
        return len(self.data)

    def __contains__(self, key):
        reference = self.data.get(key)
        return reference is not None and reference() is not None

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"

    def copy(self):
        """A new WeakValueDictionary with the same entries."""
        return self._copied(WeakValueDictionary())

    __copy__ = copy

    def _copied(self, made):
        for key, value in self.items():
            made[key] = value
        return made

    def __deepcopy__(self, memo):
        from copy import deepcopy

        made = self.__class__()
        for key, value in self.items():
            made[deepcopy(key, memo)] = value
        return made

    def get(self, key, default=None):
        reference = self.data.get(key)
        value = None if reference is None else reference()
        return default if value is None else value

    def items(self):
        for key, reference in list(self.data.items()):
            value = reference()
            if value is not None:
                yield key, value

    def keys(self):
        for key, reference in list(self.data.items()):
            if reference() is not None:
                yield key

    __iter__ = keys

    def values(self):
        for reference in list(self.data.values()):
            value = reference()
            if value is not None:
                yield value

    def valuerefs(self):
        """The references themselves, as a list; some may be dead by the time of use."""
        return list(self.data.values())

    def itervaluerefs(self):
        """The same as an iterator."""
        yield from self.valuerefs()

    def popitem(self):
        while True:
            key, reference = self.data.popitem()
            value = reference()
            if value is not None:
                return key, value

    def pop(self, key, *args):
        try:
            value = self.data.pop(key)()
        except KeyError:
            value = None
        if value is None:
            if args:
                return args[0]
            raise KeyError(key)
        return value

    def setdefault(self, key, default=None):
        value = self.get(key)
        if value is None:
            self[key] = default
            return default
        return value

    def update(self, other=None, /, **kwargs):
        if other is not None:
            if not hasattr(other, "items"):
                other = dict(other)
            for key, value in other.items():
                self[key] = value
        for key, value in kwargs.items():
            self[key] = value

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        from _collections_abc import Mapping

        if not isinstance(other, Mapping):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        from _collections_abc import Mapping

        if not isinstance(other, Mapping):
            return NotImplemented
        made = self.__class__()
        made.update(other)
        made.update(self)
        return made


class WeakKeyDictionary(MutableMapping):
    """A mapping that does not keep its keys alive: to give objects further attributes from
    outside, for as long as they live."""

    def __init__(self, dict=None):
        self.data = {}
        selfref = ref(self)

        def remove(dead):
            owner = selfref()
            if owner is not None:
                owner.data.pop(dead, None)

        self._remove = remove
        if dict is not None:
            self.update(dict)

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __len__(self):
        return len(self.data)

    def __contains__(self, key):
        try:
            reference = ref(key)
        except TypeError:
            return False
        return reference in self.data

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"

    def copy(self):
        """A new WeakKeyDictionary with the same entries."""
        made = WeakKeyDictionary()
        for key, value in self.items():
            made[key] = value
        return made

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy

        made = self.__class__()
        for key, value in self.items():
            made[key] = deepcopy(value, memo)
        return made

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def items(self):
        for reference, value in list(self.data.items()):
            key = reference()
            if key is not None:
                yield key, value

    def keys(self):
        for reference in list(self.data):
            key = reference()
            if key is not None:
                yield key

    __iter__ = keys

    def values(self):
        for reference, value in list(self.data.items()):
            if reference() is not None:
                yield value

    def keyrefs(self):
        """The references themselves, as a list; some may be dead by the time of use."""
        return list(self.data)

    def popitem(self):
        while True:
            reference, value = self.data.popitem()
            key = reference()
            if key is not None:
                return key, value

    def pop(self, key, *args):
        return self.data.pop(ref(key), *args)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remove), default)

    def update(self, dict=None, /, **kwargs):
        if dict is not None:
            if not hasattr(dict, "items"):
                dict = type({})(dict)
            for key, value in dict.items():
                self[key] = value
        for key, value in kwargs.items():
            self[key] = value

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        from _collections_abc import Mapping

        if not isinstance(other, Mapping):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        from _collections_abc import Mapping

        if not isinstance(other, Mapping):
            return NotImplemented
        made = self.__class__()
        made.update(other)
        made.update(self)
        return made


class finalize:
    """Calls `func(*args, **kwargs)` when `obj` dies; at the latest when the program ends,
    unless `atexit` is false.

    The finalizer need not be kept: the registry does that. Neither the function nor its
    arguments may refer to the object, or it will never die.
    """

    __slots__ = ()

    # Finalizer -> its _Info, while it is alive.
    _registry = {}
    _counter = 0
    _registered_with_atexit = False

    class _Info:
        __slots__ = ("weakref", "func", "args", "kwargs", "atexit", "index")

    def __init__(self, obj, func, /, *args, **kwargs):
        cls = type(self)
        if not finalize._registered_with_atexit:
            # Only programs that use finalizers pay for running them at the end.
            import atexit

            atexit.register(finalize._exitfunc)
            finalize._registered_with_atexit = True
        info = cls._Info()
        info.weakref = ref(obj, self)
        info.func = func
        info.args = args
        info.kwargs = kwargs or None
        info.atexit = True
        info.index = finalize._counter
        finalize._counter += 1
        cls._registry[self] = info

    def __call__(self, _=None):
        """Call the function, if this finalizer is still alive, and give its result. The
        weak reference calls this too, with itself."""
        info = self._registry.pop(self, None)
        if info is None:
            return None
        return info.func(*info.args, **(info.kwargs or {}))

    def detach(self):
        """Give up: make the finalizer dead and give (obj, func, args, kwargs), or None if
        it was dead."""
        info = self._registry.get(self)
        obj = info and info.weakref()
        if obj is None or self._registry.pop(self, None) is None:
            return None
        return obj, info.func, info.args, info.kwargs or {}

    def peek(self):
        """(obj, func, args, kwargs), or None if the finalizer is dead."""
        info = self._registry.get(self)
        obj = info and info.weakref()
        if obj is None:
            return None
        return obj, info.func, info.args, info.kwargs or {}

    @property
    def alive(self):
        """Whether the function is still to be called."""
        return self in self._registry

    @property
    def atexit(self):
        """Whether the function is called when the program ends."""
        info = self._registry.get(self)
        return bool(info) and info.atexit

    @atexit.setter
    def atexit(self, value):
        info = self._registry.get(self)
        if info:
            info.atexit = bool(value)

    def __repr__(self):
        info = self._registry.get(self)
        obj = info and info.weakref()
        if obj is None:
            return f"<{type(self).__name__} object at {id(self):#x}; dead>"
        return (
            f"<{type(self).__name__} object at {id(self):#x}; "
            f"for {type(obj).__name__!r} at {id(obj):#x}>"
        )

    @classmethod
    def _exitfunc(cls):
        """Call what is left, the youngest first; new ones may come while it goes on."""
        import gc

        enabled = gc.isenabled()
        if enabled:
            gc.disable()
        try:
            while True:
                pending = [
                    (info.index, finalizer)
                    for finalizer, info in list(cls._registry.items())
                    if info.atexit
                ]
                if not pending:
                    break
                _, youngest = max(pending, key=lambda pair: pair[0])
                try:
                    youngest()
                except Exception:
                    sys.excepthook(*sys.exc_info())
        finally:
            if enabled:
                gc.enable()
