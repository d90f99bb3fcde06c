"""What `functools` uses where the native `_functools` is blocked: the same in Python.

No program gets here by itself; CPython's tests of functools do, to compare the two.
"""

from _thread import RLock
from reprlib import recursive_repr

GenericAlias = type(list[int])

_absent = object()


def reduce(function, sequence, initial=_absent, /):
    """Combine the items of an iterable from left to right by a function of two."""
    iterator = iter(sequence)
    if initial is _absent:
        try:
            value = next(iterator)
        except StopIteration:
            raise TypeError(
                "reduce() of empty iterable with no initial value"
            ) from None
    else:
        value = initial
    for element in iterator:
        value = function(value, element)
    return value


def cmp_to_key(mycmp):
    """Make a key function of a comparison function."""

    class K:
        __slots__ = ["obj"]
        __hash__ = None

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

    return K


class partial:
    """A function with some arguments given already."""

    __slots__ = "func", "args", "keywords", "__dict__", "__weakref__"

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    @recursive_repr()
    def __repr__(self):
        cls = type(self)
        parts = [repr(self.func), *map(repr, self.args)]
        parts += [f"{name}={value!r}" for name, value in self.keywords.items()]
        return f"{cls.__module__}.{cls.__qualname__}({', '.join(parts)})"

    def __get__(self, obj, objtype=None):
        if obj is None:
            return self
        import warnings

        warnings.warn(
            "functools.partial will be a method descriptor in "
            "future Python versions; wrap it in staticmethod() "
            "if you want to preserve the old behavior",
            FutureWarning,
            2,
        )
        return self

    def __reduce__(self):
        state = self.func, self.args, self.keywords or None, self.__dict__ or None
        return type(self), (self.func,), state

    def __setstate__(self, state):
        if not isinstance(state, tuple):
            raise TypeError("argument to __setstate__ must be a tuple")
        if len(state) != 4:
            raise TypeError(f"expected 4 items in state, got {len(state)}")
        func, args, keywords, namespace = state
        if (
            not callable(func)
            or not isinstance(args, tuple)
            or (keywords is not None and not isinstance(keywords, dict))
            or (namespace is not None and not isinstance(namespace, dict))
        ):
            raise TypeError("invalid partial state")
        self.func = func
        self.args = tuple(args)
        keywords = {} if keywords is None else keywords
        self.keywords = keywords if type(keywords) is dict else dict(keywords)
        self.__dict__ = {} if namespace is None else namespace

    __class_getitem__ = classmethod(GenericAlias)


partial.__module__ = cmp_to_key.__module__ = reduce.__module__ = "functools"


class _Key(list):
    """The arguments of a call, with their hash computed once."""

    __slots__ = ("hash",)

    def __init__(self, parts):
        self[:] = parts
        self.hash = hash(parts)

    def __hash__(self):
        return self.hash


_keywords_follow = (object(),)

# A program may wrap the builtin itself, and put the wrapper in its place.
_len = len


def _make_key(args, kwds, typed):
    parts = args
    if kwds:
        parts += _keywords_follow
        for item in kwds.items():
            parts += item
    if typed:
        parts += tuple(map(type, args)) + tuple(map(type, kwds.values()))
    elif _len(parts) == 1 and type(parts[0]) in (int, str):
        return parts[0]
    return _Key(parts)


def _lru_cache_wrapper(user_function, maxsize, typed, cache_info_type):
    """A function that remembers results; a dict is in order of use when each use moves its
    key to the end."""
    results = {}
    hits = misses = 0
    lock = RLock()

    def wrapper(*args, **kwds):
        nonlocal hits, misses
        if maxsize == 0:
            misses += 1
            return user_function(*args, **kwds)
        key = _make_key(args, kwds, typed)
        with lock:
            found = results.get(key, _absent)
            if found is not _absent:
                hits += 1
                if maxsize is not None:
                    results[key] = results.pop(key)
                return found
            misses += 1
        value = user_function(*args, **kwds)
        with lock:
            if key not in results:
                results[key] = value
                if maxsize is not None and _len(results) > maxsize:
                    del results[next(iter(results))]
        return value

    def cache_info():
        with lock:
            return cache_info_type(hits, misses, maxsize, _len(results))

    def cache_clear():
        nonlocal hits, misses
        with lock:
            results.clear()
            hits = misses = 0

    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    return wrapper
