"""Abstract base classes: `ABC`, `ABCMeta`, and the decorators that mark methods abstract.

An abstract base class answers `isinstance` and `issubclass` itself. The answer may come
from its `__subclasshook__` ("has the right methods"), from real inheritance, or from
`register()` ("somebody vouched for it"). Asking is slow, so each class keeps two tables
of verdicts, keyed by the identity of the class asked about, whose entries vanish with
that class. A positive verdict holds for ever; a negative one holds until anything,
anywhere, is registered: a counter, the cache token, tells old verdicts from new.

Sources: PEP 3119, Library Reference "abc". Instantiating an abstract class is refused
by `object.__new__`, which reads the `__abstractmethods__` written here.
"""

from _weakref import ref

_registrations = 0

# The two bits of `__abc_tpflags__`: instances match sequence, or mapping, patterns.
_MATCHABLE = 1 << 5 | 1 << 6


def get_cache_token():
    """A value that changes with every register() on any abstract class, so that others
    (singledispatch) can tell when answers of issubclass may have become stale."""
    return _registrations


def abstractmethod(funcobj):
    """Mark a method: a class made by ABCMeta cannot be instantiated while it resolves one
    of its names to something so marked."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """The old way of writing `@classmethod @abstractmethod`."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """The old way of writing `@staticmethod @abstractmethod`."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    """The old way of writing `@property @abstractmethod`."""

    __isabstractmethod__ = True


class _Verdicts:
    """What one abstract class knows: whom it registered, accepted and rejected.

    Each table maps id(class) to a weak reference. The reference's callback removes the
    entry before the identity can be used again, so an id found here is that class.
    """

    __slots__ = ("registry", "accepted", "rejected", "rejected_at")

    def __init__(self):
        self.registry = {}
        self.accepted = {}
        self.rejected = {}
        self.rejected_at = _registrations


def _remember(table, cls):
    key = id(cls)

    def forget(_):
        table.pop(key, None)

    table[key] = ref(cls, forget)


def _missing_methods(cls, namespace_items):
    """The names of `namespace_items` that are abstract, and those inherited ones that
    `cls` still resolves to something abstract."""
    names = {
        name
        for name, value in namespace_items
        if getattr(value, "__isabstractmethod__", False)
    }
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if getattr(getattr(cls, name, None), "__isabstractmethod__", False):
                names.add(name)
    return frozenset(names)


class ABCMeta(type):
    """The metaclass of abstract classes: collects what is abstract, answers isinstance."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        if namespace.get("__abc_tpflags__", 0) & _MATCHABLE == _MATCHABLE:
            raise TypeError(
                "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and "
                "Py_TPFLAGS_MAPPING"
            )
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _missing_methods(cls, list(namespace.items()))
        cls._abc_impl = _Verdicts()
        return cls

    def register(cls, subclass):
        """Vouch for `subclass`: from now on it counts as derived from this class.

        It is given back, so that this can stand as a class decorator.
        """
        global _registrations
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        # A cycle would make the recursive search through registries endless.
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        _remember(cls._abc_impl.registry, subclass)
        _registrations += 1
        # Sequence and Mapping carry the flags that `match` looks for; whoever is
        # registered with them becomes matchable too. Built-in types know themselves.
        flags = getattr(cls, "__abc_tpflags__", 0)
        if flags:
            try:
                subclass.__abc_tpflags__ = flags
            except TypeError:
                pass
        return subclass

    def __instancecheck__(cls, instance):
        """Answer isinstance(instance, cls)."""
        claimed = instance.__class__
        if id(claimed) in cls._abc_impl.accepted:
            return True
        actual = type(instance)
        if claimed is actual:
            return cls.__subclasscheck__(claimed)
        # A proxy may claim another class than it has; either one will do.
        return cls.__subclasscheck__(claimed) or cls.__subclasscheck__(actual)

    def __subclasscheck__(cls, subclass):
        """Answer issubclass(subclass, cls)."""
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        known = cls._abc_impl
        key = id(subclass)
        if key in known.accepted:
            return True
        if known.rejected_at != _registrations:
            known.rejected = {}
            known.rejected_at = _registrations
        elif key in known.rejected:
            return False

        verdict = cls.__subclasshook__(subclass)
        if verdict is NotImplemented:
            verdict = (
                cls in getattr(subclass, "__mro__", ())
                or _any_accepts(_living(known.registry), subclass)
                or _any_accepts(cls.__subclasses__(), subclass)
            )
        else:
            assert verdict is True or verdict is False
        _remember(known.accepted if verdict else known.rejected, subclass)
        return verdict

    def _dump_registry(cls, file=None):
        """Print what the class knows."""
        known = cls._abc_impl
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)
        print(f"Inv. counter: {get_cache_token()}", file=file)
        print(f"_abc_registry: {_living(known.registry)!r}", file=file)
        print(f"_abc_cache: {_living(known.accepted)!r}", file=file)
        print(f"_abc_negative_cache: {_living(known.rejected)!r}", file=file)
        print(f"_abc_negative_cache_version: {known.rejected_at!r}", file=file)

    def _abc_registry_clear(cls):
        """Forget who was registered (for tests)."""
        cls._abc_impl.registry.clear()

    def _abc_caches_clear(cls):
        """Forget all verdicts (for tests)."""
        cls._abc_impl.accepted.clear()
        cls._abc_impl.rejected.clear()


def _living(table):
    """The classes of a table that still exist, as a list safe from later changes."""
    classes = [entry() for entry in list(table.values())]
    return [cls for cls in classes if cls is not None]


def _any_accepts(classes, subclass):
    for cls in classes:
        if issubclass(subclass, cls):
            return True
    return False


def update_abstractmethods(cls):
    """Collect anew what is abstract in a class, after a decorator added methods to it.

    A class that was not made by ABCMeta is left alone. The class is given back.
    """
    if hasattr(cls, "__abstractmethods__"):
        cls.__abstractmethods__ = _missing_methods(cls, list(cls.__dict__.items()))
    return cls


class ABC(metaclass=ABCMeta):
    """A base to derive from instead of naming the metaclass."""

    __slots__ = ()
