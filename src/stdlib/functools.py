"""Functions about functions: wrapping, caching, partial application, dispatch on a type.

`partial`, `reduce`, `cmp_to_key` and the cache behind `lru_cache` are called in inner
loops and are native; here is what runs once per decorated function or per class.

Sources: Library Reference "functools", PEP 443 (single dispatch).
"""

try:
    from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce
except ImportError:
    from _pyfunctools import RLock, _lru_cache_wrapper, cmp_to_key, partial, reduce

__all__ = [
    "update_wrapper",
    "wraps",
    "WRAPPER_ASSIGNMENTS",
    "WRAPPER_UPDATES",
    "total_ordering",
    "cache",
    "cmp_to_key",
    "lru_cache",
    "reduce",
    "partial",
    "partialmethod",
    "singledispatch",
    "singledispatchmethod",
    "cached_property",
]

GenericAlias = type(list[int])

WRAPPER_ASSIGNMENTS = (
    "__module__",
    "__name__",
    "__qualname__",
    "__doc__",
    "__annotations__",
    "__type_params__",
)
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(
    wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES
):
    """Make `wrapper` look like the function it wraps; gives `wrapper` back.

    The attributes named in `assigned` are copied where they exist, those in `updated`
    are dictionaries and merged. `__wrapped__` leads from the wrapper to the original.
    """
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    # Last, because the merged __dict__ may hold the __wrapped__ of an inner wrapper.
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """The decorator form of update_wrapper(), to put above the wrapper function."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# How an ordering operation follows from another one's result for the same operands. The
# question about equality comes last and only when it matters.
def _negation(result, self, other):
    return not result


def _or_equal(result, self, other):
    return result or self == other


def _and_unequal(result, self, other):
    return result and self != other


def _negation_and_unequal(result, self, other):
    return not result and self != other


def _negation_or_equal(result, self, other):
    return not result or self == other


# In order of preference: the operation a class defines, and what follows from it.
_ORDERINGS = {
    "__lt__": {
        "__gt__": _negation_and_unequal,
        "__le__": _or_equal,
        "__ge__": _negation,
    },
    "__le__": {
        "__ge__": _negation_or_equal,
        "__lt__": _and_unequal,
        "__gt__": _negation,
    },
    "__gt__": {
        "__lt__": _negation_and_unequal,
        "__ge__": _or_equal,
        "__le__": _negation,
    },
    "__ge__": {
        "__le__": _negation_or_equal,
        "__gt__": _and_unequal,
        "__lt__": _negation,
    },
}


def _derived_ordering(name, root, rule):
    """The method `name` by way of the method `root`, made once and then shared."""
    public_name = f"_{name.strip('_')}_from_{root.strip('_')}"
    method = globals().get(public_name)
    if method is None:

        def method(self, other):
            result = getattr(type(self), root)(self, other)
            if result is NotImplemented:
                return result
            return rule(result, self, other)

        method.__name__ = name
        # Found under this name by pickle.
        method.__qualname__ = public_name
        method.__doc__ = f"Return the result of {name}, as it follows from {root}."
        globals()[public_name] = method
    return method


def total_ordering(cls):
    """Fill in the ordering methods a class lacks, from one that it has."""
    own = [op for op in _ORDERINGS if getattr(cls, op, None) is not getattr(object, op)]
    if not own:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = own[0]
    for name, rule in _ORDERINGS[root].items():
        if name not in own:
            setattr(cls, name, _derived_ordering(name, root, rule))
    return cls


def _CacheInfo(hits, misses, maxsize, currsize):
    """Make the named tuple that cache_info() returns; few programs ever ask for one."""
    global _CacheInfo
    from collections import namedtuple

    _CacheInfo = namedtuple(
        "CacheInfo", ("hits", "misses", "maxsize", "currsize"), module=__name__
    )
    return _CacheInfo(hits, misses, maxsize, currsize)


def _cache_info(hits, misses, maxsize, currsize):
    return _CacheInfo(hits, misses, maxsize, currsize)


def lru_cache(maxsize=128, typed=False):
    """A decorator that remembers the results of the `maxsize` most recent calls.

    With None for `maxsize` all results are kept. With `typed`, 3 and 3.0 are different
    arguments. Arguments must be hashable. The function gets `cache_info()`,
    `cache_clear()` and `cache_parameters()`; the original is its `__wrapped__`.
    """
    if callable(maxsize) and isinstance(typed, bool):
        # Written without parentheses: what we were given is the function.
        return _cached(maxsize, 128, typed)
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def decorating_function(user_function):
        return _cached(user_function, maxsize, typed)

    return decorating_function


def _cached(user_function, maxsize, typed):
    wrapper = _lru_cache_wrapper(user_function, maxsize, typed, _cache_info)
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, user_function)


def cache(user_function, /):
    """Remember the result of every call: lru_cache without a limit."""
    return _cached(user_function, None, False)


class partialmethod:
    """`partial` for use in a class body: self comes first, then the given arguments.

    What is wrapped may itself be a descriptor, such as a classmethod; then it is bound
    first, and the result of binding gets the arguments.
    """

    def __init__(self, func, /, *args, **keywords):
        if isinstance(func, partialmethod):
            self.func = func.func
            self.args = func.args + args
            self.keywords = {**func.keywords, **keywords}
            return
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.func = func
        self.args = args
        self.keywords = keywords

    def __repr__(self):
        cls = type(self)
        parts = [repr(self.func)]
        parts += map(repr, self.args)
        parts += [f"{name}={value!r}" for name, value in self.keywords.items()]
        return f"{cls.__module__}.{cls.__qualname__}({', '.join(parts)})"

    def _as_function(self):
        def method(cls_or_self, /, *args, **keywords):
            keywords = {**self.keywords, **keywords}
            return self.func(cls_or_self, *self.args, *args, **keywords)

        method.__isabstractmethod__ = self.__isabstractmethod__
        method.__partialmethod__ = self
        return method

    def __get__(self, obj, cls=None):
        bind = getattr(self.func, "__get__", None)
        if bind is not None and not isinstance(self.func, partial):
            bound = bind(obj, cls)
            # A function asked for on the class binds to itself: it still needs self.
            if bound is not self.func:
                result = partial(bound, *self.args, **self.keywords)
                try:
                    result.__self__ = bound.__self__
                except AttributeError:
                    pass
                return result
        return self._as_function().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    __class_getitem__ = classmethod(GenericAlias)


def _unwrap_partial(func):
    while isinstance(func, partial):
        func = func.func
    return func


def _unwrap_partialmethod(func):
    """The innermost function under any mixture of partial and partialmethod."""
    seen = None
    while func is not seen:
        seen = func
        while isinstance(getattr(func, "__partialmethod__", None), partialmethod):
            func = func.__partialmethod__
        while isinstance(func, partialmethod):
            func = func.func
        func = _unwrap_partial(func)
    return func


def _merge(sequences):
    """C3: repeatedly take a head that stands in no other sequence's tail."""
    merged = []
    sequences = [seq for seq in map(list, sequences) if seq]
    while sequences:
        for seq in sequences:
            head = seq[0]
            if not any(head in other[1:] for other in sequences):
                break
        else:
            raise RuntimeError("Inconsistent hierarchy")
        merged.append(head)
        for seq in sequences:
            if seq[0] is head:
                del seq[0]
        sequences = [seq for seq in sequences if seq]
    return merged


def _c3_mro(cls, abcs=()):
    """The MRO of cls as if it derived from those of `abcs` that it implements.

    An abstract class is inserted where it appears first: as a base of the class that
    implements it while none of that class's bases does. Among those bases its place is
    behind the last one that is abstract by inheritance, before the concrete ones.
    """
    bases = cls.__bases__
    place = len(bases)
    while place and not hasattr(bases[place - 1], "__abstractmethods__"):
        place -= 1
    inserted = [
        abc
        for abc in abcs
        if issubclass(cls, abc) and not any(issubclass(base, abc) for base in bases)
    ]
    others = [abc for abc in abcs if abc not in inserted]
    groups = [list(bases[:place]), inserted, list(bases[place:])]
    linearized = [_c3_mro(base, others) for group in groups for base in group]
    return _merge([[cls], *linearized, *groups])


def _compose_mro(cls, types):
    """The order in which an instance of cls tries the implementations for `types`."""
    real = set(cls.__mro__)
    implied = [
        typ
        for typ in types
        if typ not in real
        and hasattr(typ, "__mro__")
        and not isinstance(typ, GenericAlias)
        and issubclass(cls, typ)
    ]
    # Whatever another one derives from comes along with it.
    implied = [
        typ
        for typ in implied
        if not any(typ is not other and typ in other.__mro__ for other in implied)
    ]
    # Unrelated candidates can be put in a firm order by a common subclass that cls
    # implements too: the one which settles most of them is asked first.
    ordered = []
    for typ in implied:
        hints = [
            [entry for entry in sub.__mro__ if entry in implied]
            for sub in typ.__subclasses__()
            if sub not in real and issubclass(cls, sub)
        ]
        hints.sort(key=len, reverse=True)
        for hint in hints or [[typ]]:
            ordered += [entry for entry in hint if entry not in ordered]
    return _c3_mro(cls, ordered)


def _find_impl(cls, registry):
    """The implementation for cls: that of the first registered type in its order.

    Two unrelated abstract classes may both claim cls. When they are neighbours, nothing
    but the accident of their order would decide, so that is an error.
    """
    mro = _compose_mro(cls, registry.keys())
    for position, best in enumerate(mro):
        if best in registry:
            break
    else:
        return None
    for rival in mro[position + 1 : position + 2]:
        if (
            rival in registry
            and best not in cls.__mro__
            and rival not in cls.__mro__
            and not issubclass(best, rival)
        ):
            raise RuntimeError(f"Ambiguous dispatch: {best} or {rival}")
    return registry[best]


def _is_class(cls):
    return isinstance(cls, type) and not isinstance(cls, GenericAlias)


def _union_members(cls):
    """The members of a union, or None if cls is no union."""
    from types import UnionType

    if isinstance(cls, UnionType):
        return cls.__args__
    import sys

    typing = sys.modules.get("typing")
    if typing is not None and typing.get_origin(cls) is typing.Union:
        return cls.__args__
    return None


def _classes_to_register(cls):
    """The classes that `cls` names: itself or a union's members; None if it is neither."""
    if _is_class(cls):
        return (cls,)
    members = _union_members(cls)
    if members is not None and all(map(_is_class, members)):
        return members
    return None


def singledispatch(func):
    """Make `func` generic: which implementation runs depends on the first argument's type.

    Others are added with `register`; `func` itself serves all types without one.
    """
    from abc import get_cache_token
    from types import MappingProxyType
    from weakref import WeakKeyDictionary

    registry = {object: func}
    dispatch_cache = WeakKeyDictionary()
    # Once an abstract class is registered here, registrations elsewhere matter to us.
    cache_token = None

    def dispatch(cls):
        """Give the implementation that runs for instances of cls."""
        nonlocal cache_token
        if cache_token is not None:
            current = get_cache_token()
            if cache_token != current:
                dispatch_cache.clear()
                cache_token = current
        try:
            return dispatch_cache[cls]
        except KeyError:
            pass
        implementation = registry.get(cls)
        if implementation is None:
            implementation = _find_impl(cls, registry)
        dispatch_cache[cls] = implementation
        return implementation

    def register(cls, func=None):
        """Add an implementation for a class or a union of classes.

        Used as `@f.register(cls)`, `f.register(cls, func)`, or plainly as `@f.register`
        above a function whose first parameter is annotated.
        """
        nonlocal cache_token
        classes = _classes_to_register(cls)
        if classes is not None:
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(
                    f"Invalid first argument to `register()`. "
                    f"{cls!r} is not a class or union type."
                )
            if not getattr(cls, "__annotations__", {}):
                raise TypeError(
                    f"Invalid first argument to `register()`: {cls!r}. "
                    f"Use either `@register(some_class)` or plain `@register` "
                    f"on an annotated function."
                )
            func = cls
            from typing import get_type_hints

            argname, cls = next(iter(get_type_hints(func).items()))
            classes = _classes_to_register(cls)
            if classes is None:
                if _union_members(cls) is not None:
                    raise TypeError(
                        f"Invalid annotation for {argname!r}. "
                        f"{cls!r} not all arguments are classes."
                    )
                raise TypeError(
                    f"Invalid annotation for {argname!r}. {cls!r} is not a class."
                )
        for each in classes:
            registry[each] = func
            if cache_token is None and hasattr(each, "__abstractmethods__"):
                cache_token = get_cache_token()
        dispatch_cache.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{funcname} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    funcname = getattr(func, "__name__", "singledispatch function")
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = dispatch_cache.clear
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    """`singledispatch` for methods: the argument after self decides.

    Works with other descriptors, such as classmethod, as the wrapped function.
    """

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        """Add an implementation for a class; see singledispatch."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        dispatch = self.dispatcher.dispatch
        funcname = getattr(self.func, "__name__", "singledispatchmethod method")

        def method(*args, **kwargs):
            if not args:
                raise TypeError(f"{funcname} requires at least 1 positional argument")
            chosen = dispatch(args[0].__class__)
            return chosen.__get__(obj, cls)(*args, **kwargs)

        method.__isabstractmethod__ = self.__isabstractmethod__
        method.register = self.register
        return update_wrapper(method, self.func)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


_absent = object()


class cached_property:
    """A property computed once per instance.

    The value is put in the instance's `__dict__` under the property's own name. As this
    descriptor has no `__set__`, from then on lookup finds the value first.
    """

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                "Cannot assign the same cached_property to two different names "
                f"({self.attrname!r} and {name!r})."
            )

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError(
                "Cannot use cached_property instance without calling __set_name__ on it."
            )
        try:
            values = instance.__dict__
        except AttributeError:
            raise TypeError(
                f"No '__dict__' attribute on {type(instance).__name__!r} "
                f"instance to cache {name!r} property."
            ) from None
        # Another thread may have come first, or the program looked past the instance.
        value = values.get(name, _absent)
        if value is _absent:
            value = self.func(instance)
            try:
                values[name] = value
            except TypeError:
                raise TypeError(
                    f"The '__dict__' attribute on {type(instance).__name__!r} instance "
                    f"does not support item assignment for caching {name!r} property."
                ) from None
        return value

    __class_getitem__ = classmethod(GenericAlias)
