"""How objects are taken apart and rebuilt, by `copy` and by `pickle`.

Source: Library Reference "copyreg", PEP 307.
"""

__all__ = ["pickle", "constructor", "add_extension", "remove_extension", "clear_extension_cache"]

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Let instances of a class be reduced by a function."""
    if not callable(pickle_function):
        raise TypeError("reduction functions must be callable")
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    """Once declared a function safe to call; only checks that it can be called."""
    if not callable(object):
        raise TypeError("constructors must be callable")


pickle(complex, lambda c: (complex, (c.real, c.imag)))


def _reduce_union(obj):
    import functools
    import operator

    return functools.reduce, (operator.or_, obj.__args__)


pickle(type(int | str), _reduce_union)


def _reconstructor(cls, base, state):
    if base is object:
        return object.__new__(cls)
    obj = base.__new__(cls, state)
    if base.__init__ != object.__init__:
        base.__init__(obj, state)
    return obj


_HEAPTYPE = 1 << 9


def _reduce_ex(self, proto):
    """What object.__reduce_ex__ does for the protocols before 2."""
    assert proto < 2
    cls = self.__class__
    base = object
    for candidate in cls.__mro__:
        if hasattr(candidate, "__flags__") and not candidate.__flags__ & _HEAPTYPE:
            base = candidate
            break
    if base is object:
        state = None
    else:
        if base is cls:
            raise TypeError(f"cannot pickle {cls.__name__!r} object")
        state = base(self)
    args = (cls, base, state)
    try:
        getstate = self.__getstate__
    except AttributeError:
        if getattr(self, "__slots__", None):
            raise TypeError(
                f"cannot pickle {cls.__name__!r} object: "
                f"a class that defines __slots__ without "
                f"defining __getstate__ cannot be pickled "
                f"with protocol {proto}"
            ) from None
        contents = getattr(self, "__dict__", None)
    else:
        if getattr(self, "__slots__", None) and (
            type(self).__getstate__ is object.__getstate__
        ):
            raise TypeError(
                f"a class that defines __slots__ without "
                f"defining __getstate__ cannot be pickled "
                f"with protocol {proto}"
            )
        contents = getstate()
    return (_reconstructor, args, contents) if contents else (_reconstructor, args)


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


def _slotnames(cls):
    """The names of all slots of a class and its bases, as attributes; kept in the class."""
    names = cls.__dict__.get("__slotnames__")
    if names is not None:
        return names
    names = []
    for c in cls.__mro__:
        slots = c.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name in ("__dict__", "__weakref__"):
                continue
            if name.startswith("__") and not name.endswith("__"):
                # Private names are mangled by their class.
                stripped = c.__name__.lstrip("_")
                names.append(f"_{stripped}{name}" if stripped else name)
            else:
                names.append(name)
    try:
        cls.__slotnames__ = names
    except Exception:
        pass
    return names


_extension_registry = {}
_inverted_registry = {}
_extension_cache = {}


def add_extension(module, name, code):
    """Give a class or function a short number in pickles."""
    code = int(code)
    if not 1 <= code <= 0x7FFFFFFF:
        raise ValueError("code out of range")
    key = (module, name)
    if _extension_registry.get(key) == code and _inverted_registry.get(code) == key:
        return
    if key in _extension_registry:
        raise ValueError(
            f"key {key} is already registered with code {_extension_registry[key]}"
        )
    if code in _inverted_registry:
        raise ValueError(
            f"code {code} is already in use for key {_inverted_registry[code]}"
        )
    _extension_registry[key] = code
    _inverted_registry[code] = key


def remove_extension(module, name, code):
    """Undo add_extension()."""
    key = (module, name)
    if _extension_registry.get(key) != code or _inverted_registry.get(code) != key:
        raise ValueError(f"key {key} is not registered with code {code}")
    del _extension_registry[key]
    del _inverted_registry[code]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    """Forget the objects that numbers were found to stand for."""
    _extension_cache.clear()
