"""Looking at live objects: what they are, where they come from, what state they are in.

This file holds what programs about generators and coroutines ask for: the states, and the
predicates (`isgenerator`, `iscoroutinefunction`, `isawaitable`...). The larger themes wait
in files of their own until one of their names is used:

    _signature   what arguments a callable takes
    _source      the text of a function, class or module
    _frames      the call stack
    _members     the attributes of an object, and its documentation

Sources: Library Reference "inspect", PEP 492, PEP 525, PEP 362.
"""

import _eras
import sys
from types import (
    AsyncGeneratorType,
    BuiltinFunctionType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    TracebackType,
)

CO_OPTIMIZED = 1
CO_NEWLOCALS = 2
CO_VARARGS = 4
CO_VARKEYWORDS = 8
CO_NESTED = 16
CO_GENERATOR = 32
CO_NOFREE = 64
CO_COROUTINE = 128
CO_ITERABLE_COROUTINE = 256
CO_ASYNC_GENERATOR = 512

TPFLAGS_IS_ABSTRACT = 1 << 20

_HOMES = {
    "_signature": """
        ArgSpec Arguments BoundArguments FullArgSpec Parameter Signature _ParameterKind
        _empty _signature_fromstr _void formatannotation formatannotationrelativeto
        get_annotations getargs getcallargs getfullargspec signature
    """,
    "_source": """
        BlockFinder ClassFoundException EndOfBlock findsource getabsfile getblock
        getcomments getfile getmodule getmodulename getsource getsourcefile
        getsourcelines indentsize modulesbyfile
    """,
    "_frames": """
        ArgInfo FrameInfo Traceback formatargvalues getargvalues getframeinfo
        getinnerframes getlineno getouterframes stack trace
    """,
    "_members": """
        Attribute ClosureVars classify_class_attrs cleandoc getattr_static getclasstree
        getclosurevars getdoc getmembers getmembers_static getmro walktree
    """,
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    name
    for name in _HOME_OF
    if not name.startswith("_")
    and name not in ("ArgSpec", "getargspec", "modulesbyfile")
]
__all__ += [name for name in list(globals()) if name.startswith("CO_")]
__all__ += """
    AGEN_CLOSED AGEN_CREATED AGEN_RUNNING AGEN_SUSPENDED BufferFlags CORO_CLOSED
    CORO_CREATED CORO_RUNNING CORO_SUSPENDED GEN_CLOSED GEN_CREATED GEN_RUNNING
    GEN_SUSPENDED TPFLAGS_IS_ABSTRACT currentframe getasyncgenlocals getasyncgenstate
    getcoroutinelocals getcoroutinestate getgeneratorlocals getgeneratorstate isabstract
    isasyncgen isasyncgenfunction isawaitable isbuiltin isclass iscode iscoroutine
    iscoroutinefunction isdatadescriptor isframe isfunction isgenerator
    isgeneratorfunction isgetsetdescriptor ismemberdescriptor ismethod ismethoddescriptor
    ismethodwrapper ismodule isroutine istraceback markcoroutinefunction unwrap
""".split()


def __getattr__(name):
    home = _HOME_OF.get(name)
    if home is None:
        if name == "BufferFlags":
            return _buffer_flags()
        home = None
        if name in ("getargspec", "formatargspec") and _eras.has(f"inspect.{name}"):
            home = "_signature"
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = __import__(f"{__name__}.{home}", fromlist=(name,))
    value = getattr(module, name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})


def _buffer_flags():
    """The flags of the buffer protocol (PEP 688); only C code has a use for them."""
    global BufferFlags
    from enum import IntFlag

    BufferFlags = IntFlag(
        "BufferFlags",
        {
            "SIMPLE": 0x0,
            "WRITABLE": 0x1,
            "FORMAT": 0x4,
            "ND": 0x8,
            "STRIDES": 0x10 | 0x8,
            "C_CONTIGUOUS": 0x20 | 0x10 | 0x8,
            "F_CONTIGUOUS": 0x40 | 0x10 | 0x8,
            "ANY_CONTIGUOUS": 0x80 | 0x10 | 0x8,
            "INDIRECT": 0x100 | 0x10 | 0x8,
            "CONTIG": 0x8 | 0x1,
            "CONTIG_RO": 0x8,
            "STRIDED": 0x10 | 0x8 | 0x1,
            "STRIDED_RO": 0x10 | 0x8,
            "RECORDS": 0x10 | 0x8 | 0x1 | 0x4,
            "RECORDS_RO": 0x10 | 0x8 | 0x4,
            "FULL": 0x100 | 0x10 | 0x8 | 0x1 | 0x4,
            "FULL_RO": 0x100 | 0x10 | 0x8 | 0x4,
            "READ": 0x100,
            "WRITE": 0x200,
        },
        module=__name__,
    )
    return BufferFlags


GEN_CREATED = "GEN_CREATED"
GEN_RUNNING = "GEN_RUNNING"
GEN_SUSPENDED = "GEN_SUSPENDED"
GEN_CLOSED = "GEN_CLOSED"


def getgeneratorstate(generator):
    """The stage of a generator's life.

    GEN_CREATED: not started yet. GEN_RUNNING: executing now. GEN_SUSPENDED: waiting at a
    `yield`. GEN_CLOSED: it has come to its end.
    """
    if generator.gi_running:
        return GEN_RUNNING
    if generator.gi_suspended:
        return GEN_SUSPENDED
    if generator.gi_frame is None:
        return GEN_CLOSED
    return GEN_CREATED


def getgeneratorlocals(generator):
    """The local variables of a generator, by name; empty when it is closed."""
    if not isgenerator(generator):
        raise TypeError(f"{generator!r} is not a Python generator")
    frame = getattr(generator, "gi_frame", None)
    return {} if frame is None else frame.f_locals


CORO_CREATED = "CORO_CREATED"
CORO_RUNNING = "CORO_RUNNING"
CORO_SUSPENDED = "CORO_SUSPENDED"
CORO_CLOSED = "CORO_CLOSED"


def getcoroutinestate(coroutine):
    """The stage of a coroutine's life: CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED (at an
    `await`) or CORO_CLOSED."""
    if coroutine.cr_running:
        return CORO_RUNNING
    if coroutine.cr_suspended:
        return CORO_SUSPENDED
    if coroutine.cr_frame is None:
        return CORO_CLOSED
    return CORO_CREATED


def getcoroutinelocals(coroutine):
    """The local variables of a coroutine, by name; empty when it is closed."""
    frame = getattr(coroutine, "cr_frame", None)
    return {} if frame is None else frame.f_locals


AGEN_CREATED = "AGEN_CREATED"
AGEN_RUNNING = "AGEN_RUNNING"
AGEN_SUSPENDED = "AGEN_SUSPENDED"
AGEN_CLOSED = "AGEN_CLOSED"


def getasyncgenstate(agen):
    """The stage of an asynchronous generator's life: AGEN_CREATED, AGEN_RUNNING,
    AGEN_SUSPENDED (at a `yield`) or AGEN_CLOSED."""
    if agen.ag_running:
        return AGEN_RUNNING
    if agen.ag_suspended:
        return AGEN_SUSPENDED
    if agen.ag_frame is None:
        return AGEN_CLOSED
    return AGEN_CREATED


def getasyncgenlocals(agen):
    """The local variables of an asynchronous generator, by name; empty when closed."""
    if not isasyncgen(agen):
        raise TypeError(f"{agen!r} is not a Python async generator")
    frame = getattr(agen, "ag_frame", None)
    return {} if frame is None else frame.f_locals


def ismodule(object):
    """Whether the object is a module."""
    return isinstance(object, ModuleType)


def isclass(object):
    """Whether the object is a class."""
    return isinstance(object, type)


def ismethod(object):
    """Whether the object is a method bound to an instance."""
    return isinstance(object, MethodType)


def isfunction(object):
    """Whether the object is a function written in Python."""
    return isinstance(object, FunctionType)


def ismethoddescriptor(object):
    """Whether the object is a descriptor that only reads, other than a Python function."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    from _functools import partial

    # A partial object has `__get__` only to warn that it will bind one day.
    if isinstance(object, partial):
        return False
    cls = type(object)
    return (
        hasattr(cls, "__get__")
        and not hasattr(cls, "__set__")
        and not hasattr(cls, "__delete__")
    )


def isdatadescriptor(object):
    """Whether the object is a descriptor that takes assignments or deletions."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    cls = type(object)
    return hasattr(cls, "__set__") or hasattr(cls, "__delete__")


def ismemberdescriptor(object):
    """Whether the object is the descriptor of a slot."""
    return isinstance(object, MemberDescriptorType)


def isgetsetdescriptor(object):
    """Whether the object is an attribute of a native type, computed on access."""
    return isinstance(object, GetSetDescriptorType)


def istraceback(object):
    """Whether the object is a traceback."""
    return isinstance(object, TracebackType)


def isframe(object):
    """Whether the object is a frame."""
    return isinstance(object, FrameType)


def iscode(object):
    """Whether the object is a code object."""
    return isinstance(object, CodeType)


def isbuiltin(object):
    """Whether the object is a native function, or a native method bound to an instance."""
    return isinstance(object, BuiltinFunctionType)


def ismethodwrapper(object):
    """Whether the object is a bound special method of a native type."""
    return isinstance(object, MethodWrapperType)


def isroutine(object):
    """Whether the object is any kind of function or method."""
    return (
        isbuiltin(object)
        or isfunction(object)
        or ismethod(object)
        or ismethoddescriptor(object)
        or ismethodwrapper(object)
    )


def isabstract(object):
    """Whether the object is a class with abstract methods."""
    return isinstance(object, type) and bool(
        getattr(object, "__abstractmethods__", None)
    )


def _is_functionlike(obj):
    """Whether obj has all of a function's attributes: Cython's functions do."""
    if not callable(obj) or isclass(obj):
        return False
    missing = object()
    name = getattr(obj, "__name__", None)
    code = getattr(obj, "__code__", None)
    defaults = getattr(obj, "__defaults__", missing)
    kwdefaults = getattr(obj, "__kwdefaults__", missing)
    return (
        isinstance(code, CodeType)
        and isinstance(name, str)
        and (defaults is None or isinstance(defaults, tuple))
        and (kwdefaults is None or isinstance(kwdefaults, dict))
        and isinstance(getattr(obj, "__annotations__", None), (dict, type(None)))
    )


def _underlying_function(func):
    """Look through bound methods and partial objects."""
    from functools import _unwrap_partial, _unwrap_partialmethod

    func = _unwrap_partialmethod(func)
    while isinstance(func, MethodType):
        func = func.__func__
    return _unwrap_partial(func)


def _has_code_flag(func, flag):
    func = _underlying_function(func)
    if not (isfunction(func) or _is_functionlike(func)):
        return False
    return bool(func.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    """Whether calling obj makes a generator."""
    return _has_code_flag(obj, CO_GENERATOR)


_is_coroutine_mark = object()


def markcoroutinefunction(func):
    """Make iscoroutinefunction() true of a function that returns an awaitable without
    being defined by `async def`."""
    if hasattr(func, "__func__"):
        func = func.__func__
    func._is_coroutine_marker = _is_coroutine_mark
    return func


def iscoroutinefunction(obj):
    """Whether obj is defined by `async def` (without `yield`), or marked as if it were."""
    if _has_code_flag(obj, CO_COROUTINE):
        return True
    marker = getattr(_underlying_function(obj), "_is_coroutine_marker", None)
    return marker is _is_coroutine_mark


def isasyncgenfunction(obj):
    """Whether calling obj makes an asynchronous generator."""
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


def isgenerator(object):
    """Whether the object is a generator."""
    return isinstance(object, GeneratorType)


def iscoroutine(object):
    """Whether the object is a coroutine."""
    return isinstance(object, CoroutineType)


def isasyncgen(object):
    """Whether the object is an asynchronous generator."""
    return isinstance(object, AsyncGeneratorType)


def isawaitable(object):
    """Whether the object can stand after `await`."""
    if isinstance(object, CoroutineType):
        return True
    if isinstance(object, GeneratorType):
        return bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
    from _collections_abc import Awaitable

    return isinstance(object, Awaitable)


def unwrap(func, *, stop=None):
    """Follow the chain of `__wrapped__` attributes that decorators leave, to its end or
    to where `stop` says so."""
    original = func
    # By identity, keeping each alive, for they need not be hashable.
    seen = {id(func): func}
    limit = sys.getrecursionlimit()
    while not isclass(func) and hasattr(func, "__wrapped__"):
        if stop is not None and stop(func):
            break
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= limit:
            raise ValueError(f"wrapper loop when unwrapping {original!r}")
        seen[id(func)] = func
    return func


def currentframe():
    """The frame of the caller."""
    return sys._getframe(1)
