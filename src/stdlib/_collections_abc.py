"""The abstract base classes of `collections.abc`, and the methods they give for free.

Most of the small ones (Iterable, Awaitable, Generator...) are structural: a class belongs
when it has the right methods, whoever wrote it. The containers (Sequence, Set, Mapping and
their mutable kin) are nominal: a class must derive from them or be registered, and gets
the rest of the container's interface in exchange for a handful of primitives.

The module lives under this name so that it can be imported before the `collections`
package is; the classes say they come from `collections.abc`, as users know them.

Sources: PEP 3119, PEP 342, PEP 492, PEP 525, Library Reference "collections.abc".
"""

from abc import ABCMeta, abstractmethod
import sys

GenericAlias = type(list[int])

__all__ = [
    "Awaitable",
    "Coroutine",
    "AsyncIterable",
    "AsyncIterator",
    "AsyncGenerator",
    "Hashable",
    "Iterable",
    "Iterator",
    "Generator",
    "Reversible",
    "Sized",
    "Container",
    "Callable",
    "Collection",
    "Set",
    "MutableSet",
    "Mapping",
    "MutableMapping",
    "MappingView",
    "KeysView",
    "ItemsView",
    "ValuesView",
    "Sequence",
    "MutableSequence",
    "ByteString",
    "Buffer",
]

__name__ = "collections.abc"


def _check_methods(C, *names):
    """True when every name is found in the class hierarchy of C; a name set to None
    says "deliberately not supported" and counts as absent."""
    mro = C.__mro__
    for name in names:
        for base in mro:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


def _structural(*names):
    """The __subclasshook__ of a class that is defined by having `names`.

    Subclasses inherit the hook but not the rule: having `__iter__` makes an Iterable, not
    an instance of everything somebody derives from Iterable.
    """

    @classmethod
    def __subclasshook__(cls, C):
        if cls.__dict__.get("__subclasshook__") is not __subclasshook__:
            return NotImplemented
        return _check_methods(C, *names)

    return __subclasshook__



class Hashable(metaclass=ABCMeta):

    __slots__ = ()

    @abstractmethod
    def __hash__(self):
        return 0

    __subclasshook__ = _structural("__hash__")


class Awaitable(metaclass=ABCMeta):

    __slots__ = ()

    @abstractmethod
    def __await__(self):
        yield

    __subclasshook__ = _structural("__await__")
    __class_getitem__ = classmethod(GenericAlias)


def _raise_thrown(typ, val, tb):
    """The default of every throw(): raise what was thrown, in any of its spellings."""
    if val is None:
        if tb is None:
            raise typ
        val = typ()
    if tb is not None:
        val = val.with_traceback(tb)
    raise val


class Coroutine(Awaitable):

    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Resume with `value`; give what the coroutine suspends with next."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Resume by raising inside; give what the coroutine suspends with next."""
        _raise_thrown(typ, val, tb)

    def close(self):
        """Make the coroutine finish: throw GeneratorExit where it is suspended."""
        try:
            self.throw(GeneratorExit)
        except (GeneratorExit, StopIteration):
            return
        raise RuntimeError("coroutine ignored GeneratorExit")

    __subclasshook__ = _structural("__await__", "send", "throw", "close")


class AsyncIterable(metaclass=ABCMeta):

    __slots__ = ()

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()

    __subclasshook__ = _structural("__aiter__")
    __class_getitem__ = classmethod(GenericAlias)


class AsyncIterator(AsyncIterable):

    __slots__ = ()

    @abstractmethod
    async def __anext__(self):
        """Give the next item; StopAsyncIteration says that there is none."""
        raise StopAsyncIteration

    def __aiter__(self):
        return self

    __subclasshook__ = _structural("__anext__", "__aiter__")


class AsyncGenerator(AsyncIterator):

    __slots__ = ()

    async def __anext__(self):
        """The next item: what sending None produces."""
        return await self.asend(None)

    @abstractmethod
    async def asend(self, value):
        """Resume with `value`; give the next item."""
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        """Resume by raising inside; give the next item."""
        _raise_thrown(typ, val, tb)

    async def aclose(self):
        """Make the generator finish: throw GeneratorExit where it is suspended."""
        try:
            await self.athrow(GeneratorExit)
        except (GeneratorExit, StopAsyncIteration):
            return
        raise RuntimeError("asynchronous generator ignored GeneratorExit")

    __subclasshook__ = _structural(
        "__aiter__", "__anext__", "asend", "athrow", "aclose"
    )


class Iterable(metaclass=ABCMeta):

    __slots__ = ()

    @abstractmethod
    def __iter__(self):
        while False:
            yield None

    __subclasshook__ = _structural("__iter__")
    __class_getitem__ = classmethod(GenericAlias)


class Iterator(Iterable):

    __slots__ = ()

    @abstractmethod
    def __next__(self):
        """Give the next item; StopIteration says that there is none."""
        raise StopIteration

    def __iter__(self):
        return self

    __subclasshook__ = _structural("__iter__", "__next__")


class Reversible(Iterable):

    __slots__ = ()

    @abstractmethod
    def __reversed__(self):
        while False:
            yield None

    __subclasshook__ = _structural("__reversed__", "__iter__")


class Generator(Iterator):

    __slots__ = ()

    def __next__(self):
        """The next item: what sending None produces."""
        return self.send(None)

    @abstractmethod
    def send(self, value):
        """Resume with `value`; give the next item."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Resume by raising inside; give the next item."""
        _raise_thrown(typ, val, tb)

    def close(self):
        """Make the generator finish: throw GeneratorExit where it is suspended."""
        try:
            self.throw(GeneratorExit)
        except (GeneratorExit, StopIteration):
            return
        raise RuntimeError("generator ignored GeneratorExit")

    __subclasshook__ = _structural("__iter__", "__next__", "send", "throw", "close")


class Sized(metaclass=ABCMeta):

    __slots__ = ()

    @abstractmethod
    def __len__(self):
        return 0

    __subclasshook__ = _structural("__len__")


class Container(metaclass=ABCMeta):

    __slots__ = ()

    @abstractmethod
    def __contains__(self, x):
        return False

    __subclasshook__ = _structural("__contains__")
    __class_getitem__ = classmethod(GenericAlias)


class Collection(Sized, Iterable, Container):

    __slots__ = ()

    __subclasshook__ = _structural("__len__", "__iter__", "__contains__")


class Buffer(metaclass=ABCMeta):

    __slots__ = ()

    @abstractmethod
    def __buffer__(self, flags: int, /) -> memoryview:
        raise NotImplementedError

    __subclasshook__ = _structural("__buffer__")


class _CallableGenericAlias(GenericAlias):
    """`Callable[[A, B], R]`: remembers (A, B, R) flat, and shows it with the brackets."""

    __slots__ = ()

    def __new__(cls, origin, args):
        if not (isinstance(args, tuple) and len(args) == 2):
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        parameters, result = args
        if isinstance(parameters, (tuple, list)):
            args = (*parameters, result)
        elif not _is_param_expr(parameters):
            raise TypeError(
                "Expected a list of types, an ellipsis, ParamSpec, "
                f"or Concatenate. Got {parameters}"
            )
        return super().__new__(cls, origin, args)

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _is_param_expr(args[0]):
            return super().__repr__()
        shown = ", ".join([_type_repr(a) for a in args[:-1]])
        return f"collections.abc.Callable[[{shown}], {_type_repr(args[-1])}]"

    def __reduce__(self):
        args = self.__args__
        if not (len(args) == 2 and _is_param_expr(args[0])):
            args = list(args[:-1]), args[-1]
        return _CallableGenericAlias, (Callable, args)

    def __getitem__(self, item):
        if not isinstance(item, tuple):
            item = (item,)
        # With one parameter specification, `Callable[P, R][int, str]` means
        # `Callable[P, R][[int, str]]`.
        if (
            len(self.__parameters__) == 1
            and _is_param_expr(self.__parameters__[0])
            and item
            and not _is_param_expr(item[0])
        ):
            item = (item,)
        args = super().__getitem__(item).__args__
        if not isinstance(args[0], (tuple, list)):
            args = (list(args[:-1]), args[-1])
        return _CallableGenericAlias(Callable, tuple(args))


def _is_param_expr(obj):
    """Whether obj stands for a whole parameter list: `...`, a list of types, or what
    `typing` calls a ParamSpec or Concatenate."""
    if obj is Ellipsis or isinstance(obj, list):
        return True
    cls = type(obj)
    return cls.__module__ == "typing" and cls.__name__ in (
        "ParamSpec",
        "_ConcatenateGenericAlias",
    )


def _type_repr(obj):
    """A type as annotations show it: the bare name of built-in classes and functions."""
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        if obj.__module__ == "builtins":
            return obj.__qualname__
        return f"{obj.__module__}.{obj.__qualname__}"
    if obj is Ellipsis:
        return "..."
    if isinstance(obj, type(_type_repr)):
        return obj.__name__
    return repr(obj)


class Callable(metaclass=ABCMeta):

    __slots__ = ()

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False

    __subclasshook__ = _structural("__call__")
    __class_getitem__ = classmethod(_CallableGenericAlias)



class Set(Collection):
    """Set algebra and set comparisons over `__contains__`, `__iter__` and `__len__`.

    All comparisons rest on `__le__` and `__ge__`: a faster one there speeds up the rest.
    """

    __slots__ = ()

    def __le__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        if len(self) > len(other):
            return False
        for element in self:
            if element not in other:
                return False
        return True

    def __lt__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) < len(other) and self.__le__(other)

    def __gt__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) > len(other) and self.__ge__(other)

    def __ge__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        if len(self) < len(other):
            return False
        for element in other:
            if element not in self:
                return False
        return True

    def __eq__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) == len(other) and self.__le__(other)

    @classmethod
    def _from_iterable(cls, it):
        """Make the result of an operation. To be overridden by classes that cannot be
        called with just an iterable."""
        return cls(it)

    def __and__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        return self._from_iterable(value for value in other if value in self)

    __rand__ = __and__

    def isdisjoint(self, other):
        """Whether no element of `other` is an element of this set."""
        for value in other:
            if value in self:
                return False
        return True

    def __or__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        return self._from_iterable(element for part in (self, other) for element in part)

    __ror__ = __or__

    def __sub__(self, other):
        if not isinstance(other, Set):
            if not isinstance(other, Iterable):
                return NotImplemented
            other = self._from_iterable(other)
        return self._from_iterable(value for value in self if value not in other)

    def __rsub__(self, other):
        if not isinstance(other, Set):
            if not isinstance(other, Iterable):
                return NotImplemented
            other = self._from_iterable(other)
        return self._from_iterable(value for value in other if value not in self)

    def __xor__(self, other):
        if not isinstance(other, Set):
            if not isinstance(other, Iterable):
                return NotImplemented
            other = self._from_iterable(other)
        return (self - other) | (other - self)

    __rxor__ = __xor__

    def _hash(self):
        """A hash for subclasses that are immutable, and so may define `__hash__`.

        Elements are mixed by exclusive or, so their order does not matter; the result is
        that of a frozenset of them: sets that compare equal must hash equal.
        """
        biggest = sys.maxsize
        mask = 2 * biggest + 1
        mixed = 1927868237 * (len(self) + 1) & mask
        for element in self:
            h = hash(element)
            mixed ^= (h ^ (h << 16) ^ 89869747) * 3644798167 & mask
        mixed ^= (mixed >> 11) ^ (mixed >> 25)
        mixed = mixed * 69069 + 907133923 & mask
        if mixed > biggest:
            mixed -= mask + 1
        # -1 is how C code says "failed", so no hash is ever -1.
        return 590923713 if mixed == -1 else mixed


Set.register(frozenset)


class MutableSet(Set):
    """A Set that can change, given `add` and `discard` besides the primitives of Set."""

    __slots__ = ()

    @abstractmethod
    def add(self, value):
        """Make `value` an element; no effect if it is one."""
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        """Make `value` no element; no effect if it is none."""
        raise NotImplementedError

    def remove(self, value):
        """Take `value` out, or raise KeyError if it is not there."""
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self):
        """Take out some element and give it; KeyError if there is none."""
        for value in self:
            self.discard(value)
            return value
        raise KeyError from None

    def clear(self):
        """Take out all elements, one pop() after another."""
        try:
            while True:
                self.pop()
        except KeyError:
            pass

    def __ior__(self, it):
        for value in it:
            self.add(value)
        return self

    def __iand__(self, it):
        for value in self - it:
            self.discard(value)
        return self

    def __ixor__(self, it):
        if it is self:
            self.clear()
            return self
        if not isinstance(it, Set):
            it = self._from_iterable(it)
        for value in it:
            if value in self:
                self.discard(value)
            else:
                self.add(value)
        return self

    def __isub__(self, it):
        if it is self:
            self.clear()
        else:
            for value in it:
                self.discard(value)
        return self


MutableSet.register(set)



class Mapping(Collection):
    """Key lookup and views over `__getitem__`, `__iter__` and `__len__`."""

    __slots__ = ()

    # What `match` asks for before it tries a mapping pattern.
    __abc_tpflags__ = 1 << 6

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def get(self, key, default=None):
        """The value at `key`, or `default` where there is none."""
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        """A live, set-like view of the keys."""
        return KeysView(self)

    def items(self):
        """A live, set-like view of the (key, value) pairs."""
        return ItemsView(self)

    def values(self):
        """A live view of the values."""
        return ValuesView(self)

    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.items()) == dict(other.items())

    __reversed__ = None


Mapping.register(type(type.__dict__))


class MappingView(Sized):

    __slots__ = ("_mapping",)

    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)

    def __repr__(self):
        return f"{type(self).__name__}({self._mapping!r})"

    __class_getitem__ = classmethod(GenericAlias)


class KeysView(MappingView, Set):

    __slots__ = ()

    @classmethod
    def _from_iterable(cls, it):
        return set(it)

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        yield from self._mapping


KeysView.register(type({}.keys()))


class ItemsView(MappingView, Set):

    __slots__ = ()

    @classmethod
    def _from_iterable(cls, it):
        return set(it)

    def __contains__(self, item):
        key, value = item
        try:
            found = self._mapping[key]
        except KeyError:
            return False
        return found is value or found == value

    def __iter__(self):
        for key in self._mapping:
            yield (key, self._mapping[key])


ItemsView.register(type({}.items()))


class ValuesView(MappingView, Collection):

    __slots__ = ()

    def __contains__(self, value):
        for key in self._mapping:
            found = self._mapping[key]
            if found is value or found == value:
                return True
        return False

    def __iter__(self):
        for key in self._mapping:
            yield self._mapping[key]


ValuesView.register(type({}.values()))

# What tells "no default given" from every possible default.
_absent = object()


class MutableMapping(Mapping):
    """A Mapping that can change, given `__setitem__` and `__delitem__` as well."""

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, default=_absent):
        """Take `key` out and give its value; for an unknown key give `default`, if there
        is one, or raise KeyError."""
        try:
            value = self[key]
        except KeyError:
            if default is _absent:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        """Take out some (key, value) pair and give it; KeyError if there is none."""
        for key in self:
            value = self[key]
            del self[key]
            return key, value
        raise KeyError from None

    def clear(self):
        """Take out all items, one popitem() after another."""
        try:
            while True:
                self.popitem()
        except KeyError:
            pass

    def update(self, other=(), /, **kwds):
        """Set items from a mapping, or anything with `keys()`, or (key, value) pairs, and
        then from the keyword arguments."""
        if isinstance(other, Mapping):
            for key in other:
                self[key] = other[key]
        elif hasattr(other, "keys"):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in kwds.items():
            self[key] = value

    def setdefault(self, key, default=None):
        """The value at `key`, which becomes `default` if there is none."""
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


MutableMapping.register(dict)



class Sequence(Reversible, Collection):
    """Iteration, search and counting over `__getitem__` and `__len__`."""

    __slots__ = ()

    # What `match` asks for before it tries a sequence pattern.
    __abc_tpflags__ = 1 << 5

    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        i = 0
        try:
            while True:
                yield self[i]
                i += 1
        except IndexError:
            return

    def __contains__(self, value):
        for item in self:
            if item is value or item == value:
                return True
        return False

    def __reversed__(self):
        for i in range(len(self) - 1, -1, -1):
            yield self[i]

    def index(self, value, start=0, stop=None):
        """The first position at which `value` stands, or ValueError."""
        if start is not None and start < 0:
            start = max(len(self) + start, 0)
        if stop is not None and stop < 0:
            stop += len(self)
        i = start
        while stop is None or i < stop:
            try:
                item = self[i]
            except IndexError:
                break
            if item is value or item == value:
                return i
            i += 1
        raise ValueError

    def count(self, value):
        """How many items equal `value`."""
        return sum(1 for item in self if item is value or item == value)


Sequence.register(tuple)
Sequence.register(str)
Sequence.register(range)
Sequence.register(memoryview)


class _DeprecatedByteStringMeta(ABCMeta):
    """Warns whoever still asks about ByteString (gone in 3.14)."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        if name != "ByteString":
            _warn_of_bytestring()
        return super().__new__(mcls, name, bases, namespace, **kwargs)

    def __instancecheck__(cls, instance):
        _warn_of_bytestring()
        return super().__instancecheck__(instance)


def _warn_of_bytestring():
    import warnings

    import _eras

    if _eras.version() < 12:
        return

    warnings.warn(
        "'collections.abc.ByteString' is deprecated and slated for removal in "
        "Python 3.14",
        DeprecationWarning,
        stacklevel=3,
    )


class ByteString(Sequence, metaclass=_DeprecatedByteStringMeta):
    """What bytes and bytearray have in common."""

    __slots__ = ()


ByteString.register(bytes)
ByteString.register(bytearray)


class MutableSequence(Sequence):
    """A Sequence that can change, given `__setitem__`, `__delitem__` and `insert`."""

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        """Put `value` before the item at `index`."""
        raise IndexError

    def append(self, value):
        """Put `value` at the end."""
        self.insert(len(self), value)

    def clear(self):
        """Take out all items, one pop() after another."""
        try:
            while True:
                self.pop()
        except IndexError:
            pass

    def reverse(self):
        """Turn the order around, in place."""
        last = len(self) - 1
        for i in range(len(self) // 2):
            self[i], self[last - i] = self[last - i], self[i]

    def extend(self, values):
        """Put all of `values` at the end."""
        if values is self:
            values = list(values)
        for value in values:
            self.append(value)

    def pop(self, index=-1):
        """Take out the item at `index`, by default the last, and give it."""
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        """Take out the first item that equals `value`, or raise ValueError."""
        del self[self.index(value)]

    def __iadd__(self, values):
        self.extend(values)
        return self


MutableSequence.register(list)
MutableSequence.register(bytearray)

import _eras

if not _eras.has("collections.abc.ByteString"):
    del ByteString
    __all__.remove("ByteString")
del _eras
