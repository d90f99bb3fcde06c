"""Names for the types that have no name among the builtins, and tools to make classes.

Most of the module is a list of examples: the type of a lambda, of a generator, of a bound
method. The rest is the class statement taken apart (`new_class` and friends), a property
that a metaclass can see through, and `coroutine`, which makes generators awaitable.

Sources: Library Reference "types", Language Reference 3.3.3, PEP 492, PEP 560.
"""

import sys


def _function():
    cell = None

    def inner():
        return cell

    return inner


def _generator():
    yield


async def _coroutine():
    pass


async def _async_generator():
    yield


class _Class:
    __slots__ = ("slot",)

    def method(self):
        pass


FunctionType = type(_function)
LambdaType = type(lambda: None)
CodeType = type(_function.__code__)
CellType = type(_function().__closure__[0])
MethodType = type(_Class().method)

GeneratorType = type(_generator())
_unused = _coroutine()
CoroutineType = type(_unused)
# A coroutine dropped before it started would be reported as never awaited.
_unused.close()
AsyncGeneratorType = type(_async_generator())

BuiltinFunctionType = type(len)
BuiltinMethodType = type([].append)
WrapperDescriptorType = type(object.__init__)
MethodWrapperType = type(object().__str__)
MethodDescriptorType = type(str.join)
ClassMethodDescriptorType = type(dict.__dict__["fromkeys"])
GetSetDescriptorType = type(FunctionType.__code__)
MemberDescriptorType = type(_Class.slot)

ModuleType = type(sys)
MappingProxyType = type(type.__dict__)
SimpleNamespace = type(sys.implementation)

try:
    raise TypeError
except TypeError as _caught:
    TracebackType = type(_caught.__traceback__)
    FrameType = type(_caught.__traceback__.tb_frame)

GenericAlias = type(list[int])
UnionType = type(int | str)
EllipsisType = type(Ellipsis)
NoneType = type(None)
NotImplementedType = type(NotImplemented)

del _function, _generator, _coroutine, _async_generator, _Class, _unused

__all__ = [name for name in globals() if not name.startswith("_") and name != "sys"]
__all__ += [
    "CapsuleType",
    "new_class",
    "resolve_bases",
    "prepare_class",
    "get_original_bases",
    "DynamicClassAttribute",
    "coroutine",
]


def __getattr__(name):
    # Only modules written in C have capsules, so the example is looked for on demand.
    if name == "CapsuleType":
        import _socket

        return type(_socket.CAPI)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def new_class(name, bases=(), kwds=None, exec_body=None):
    """Do what a class statement does; `exec_body` is called with the new namespace."""
    resolved = resolve_bases(bases)
    metaclass, namespace, kwds = prepare_class(name, resolved, kwds)
    if exec_body is not None:
        exec_body(namespace)
    if resolved is not bases:
        namespace["__orig_bases__"] = bases
    return metaclass(name, resolved, namespace, **kwds)


def resolve_bases(bases):
    """Replace each base that is no class by the bases its __mro_entries__ names.

    When nothing is replaced, `bases` itself is given back.
    """
    resolved = []
    replaced = False
    for base in bases:
        if isinstance(base, type):
            resolved.append(base)
            continue
        try:
            entries_of = base.__mro_entries__
        except AttributeError:
            resolved.append(base)
            continue
        entries = entries_of(bases)
        if not isinstance(entries, tuple):
            raise TypeError("__mro_entries__ must return a tuple")
        resolved.extend(entries)
        replaced = True
    return tuple(resolved) if replaced else bases


def prepare_class(name, bases=(), kwds=None):
    """Choose the metaclass and let it make the namespace.

    Gives (metaclass, namespace, remaining keywords).
    """
    kwds = {} if kwds is None else dict(kwds)
    if "metaclass" in kwds:
        metaclass = kwds.pop("metaclass")
    else:
        metaclass = type(bases[0]) if bases else type
    # A metaclass that is a mere callable takes no part in finding the most derived one.
    if isinstance(metaclass, type):
        metaclass = _most_derived(metaclass, bases)
    if hasattr(metaclass, "__prepare__"):
        namespace = metaclass.__prepare__(name, bases, **kwds)
    else:
        namespace = {}
    return metaclass, namespace, kwds


def _most_derived(metaclass, bases):
    for base in bases:
        candidate = type(base)
        if issubclass(candidate, metaclass):
            metaclass = candidate
        elif not issubclass(metaclass, candidate):
            raise TypeError(
                "metaclass conflict: the metaclass of a derived class must be a "
                "(non-strict) subclass of the metaclasses of all its bases"
            )
    return metaclass


def get_original_bases(cls, /):
    """The bases as the class statement had them, before `__mro_entries__` was asked."""
    try:
        return cls.__dict__.get("__orig_bases__", cls.__bases__)
    except AttributeError:
        raise TypeError(
            f"Expected an instance of type, not {type(cls).__name__!r}"
        ) from None


class DynamicClassAttribute:
    """A property for instances that, asked for on the class, makes way for the metaclass.

    On the class it raises AttributeError, so that the metaclass's `__getattr__` answers.
    Enumerations have `name` this way, and may still have a member called `name`.
    """

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget = fget
        self.fset = fset
        self.fdel = fdel
        self.overwrite_doc = doc is None
        self.__doc__ = fget.__doc__ if doc is None and fget is not None else doc
        self.__isabstractmethod__ = bool(getattr(fget, "__isabstractmethod__", False))

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            if self.__isabstractmethod__:
                return self
            raise AttributeError()
        if self.fget is None:
            raise AttributeError("unreadable attribute")
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("can't set attribute")
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError("can't delete attribute")
        self.fdel(instance)

    def _copy(self, fget, fset, fdel, doc):
        copy = type(self)(fget, fset, fdel, doc)
        copy.overwrite_doc = self.overwrite_doc
        return copy

    def getter(self, fget):
        doc = (fget.__doc__ if self.overwrite_doc else None) or self.__doc__
        return self._copy(fget, self.fset, self.fdel, doc)

    def setter(self, fset):
        return self._copy(self.fget, fset, self.fdel, self.__doc__)

    def deleter(self, fdel):
        return self._copy(self.fget, self.fset, fdel, self.__doc__)


_CO_GENERATOR = 0x20
_CO_COROUTINE = 0x80
_CO_ITERABLE_COROUTINE = 0x100


class _GeneratorWrapper:
    """Makes an object that behaves like a generator behave like a coroutine too."""

    def __init__(self, gen):
        self.__wrapped = gen
        self.__is_generator = type(gen) is GeneratorType
        self.__name__ = getattr(gen, "__name__", None)
        self.__qualname__ = getattr(gen, "__qualname__", None)

    def send(self, val):
        return self.__wrapped.send(val)

    def throw(self, tp, *rest):
        return self.__wrapped.throw(tp, *rest)

    def close(self):
        return self.__wrapped.close()

    def __next__(self):
        return next(self.__wrapped)

    def __iter__(self):
        # A real generator can be awaited without us in between.
        return self.__wrapped if self.__is_generator else self

    __await__ = __iter__

    @property
    def gi_code(self):
        return self.__wrapped.gi_code

    @property
    def gi_frame(self):
        return self.__wrapped.gi_frame

    @property
    def gi_running(self):
        return self.__wrapped.gi_running

    @property
    def gi_yieldfrom(self):
        return self.__wrapped.gi_yieldfrom

    cr_code = gi_code
    cr_frame = gi_frame
    cr_running = gi_running
    cr_await = gi_yieldfrom


def coroutine(func):
    """Make what a generator function returns awaitable.

    A generator function gets a flag in its code object, which makes its generators
    awaitable as they are (PEP 492). Any other callable is wrapped, and what it returns is
    wrapped when it is a generator by its methods only.
    """
    if not callable(func):
        raise TypeError("types.coroutine() expects a callable")

    if isinstance(func, FunctionType):
        code = getattr(func, "__code__", None)
        if isinstance(code, CodeType):
            flags = code.co_flags
            if flags & (_CO_COROUTINE | _CO_ITERABLE_COROUTINE):
                return func
            if flags & _CO_GENERATOR:
                func.__code__ = code.replace(co_flags=flags | _CO_ITERABLE_COROUTINE)
                return func

    from functools import wraps

    @wraps(func)
    def wrapped(*args, **kwargs):
        result = func(*args, **kwargs)
        if type(result) is CoroutineType:
            return result
        if type(result) is GeneratorType:
            if result.gi_code.co_flags & _CO_ITERABLE_COROUTINE:
                return result
            return _GeneratorWrapper(result)

        from _collections_abc import Coroutine, Generator

        if isinstance(result, Generator) and not isinstance(result, Coroutine):
            return _GeneratorWrapper(result)
        return result

    return wrapped
