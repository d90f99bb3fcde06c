"""Which objects are coroutines, how they look in reprs, and `@asyncio.coroutine` of Python 3.4 to 3.10.

Before `async def` a coroutine was a generator with a mark: `@asyncio.coroutine` said "this generator is meant for the
event loop", and `yield from` was what `await` is now. `types.coroutine` is what is left of it, and does most of the
work here. Sources: Library Reference "asyncio-task", PEP 492, PEP 3156.
"""

import posix
import sys

import _eras

__all__ = ("iscoroutinefunction", "iscoroutine")

# On a function: treat it as a coroutine function although it is not written so.
_is_coroutine = object()

# CO_ITERABLE_COROUTINE of a code object: a generator function that `types.coroutine` has marked.
_MARKED_GENERATOR = 0x100


async def _native():
    """What `async def` makes; its type has no name among the builtins."""


_made = _native()
_made.close()
_CoroutineType = type(_made)
_GeneratorType = type(None for _ in ())
del _native, _made

# Classes whose instances are known to be coroutines: `isinstance` with an abstract class takes its time.
_iscoroutine_typecache = set()


def _is_debug_mode():
    if sys.flags.dev_mode:
        return True
    if sys.flags.ignore_environment:
        return False
    # A program that has changed its environment has imported `os`.
    own = getattr(sys.modules.get("os"), "environ", None)
    return bool((posix._environment() if own is None else own).get("PYTHONASYNCIODEBUG"))


def iscoroutinefunction(func):
    """Whether calling this makes a coroutine: an `async def` function, or one marked as such."""
    if _eras.version() >= 14:
        import warnings
        warnings.warn("'asyncio.iscoroutinefunction' is deprecated and slated for removal in Python 3.16; "
                      "use inspect.iscoroutinefunction() instead", DeprecationWarning, stacklevel=2)
    return _iscoroutinefunction(func)


def _iscoroutinefunction(func):
    """The same, for asyncio itself."""
    import inspect
    return inspect.iscoroutinefunction(func) or getattr(func, "_is_coroutine", None) is _is_coroutine


def iscoroutine(obj):
    """Whether this is a coroutine object, which is also what a function under `@asyncio.coroutine` returns."""
    kind = type(obj)
    if kind is _CoroutineType or kind in _iscoroutine_typecache:
        return True
    # Only what has `send` can be an instance of the abstract class, unless somebody has imported and told it so.
    if (hasattr(kind, "send") or "_collections_abc" in sys.modules) and isinstance(obj, __getattr__("Coroutine")):
        # A program may make classes without end; the cache stays small.
        if len(_iscoroutine_typecache) < 100:
            _iscoroutine_typecache.add(kind)
        return True
    if kind is not _GeneratorType:
        return False
    # Generators were taken for coroutines as long as coroutines could be generators; later only a mark told them apart.
    return _eras.version() < 12 or obj.gi_code.co_flags & _MARKED_GENERATOR != 0 and _eras.has("asyncio.coroutine")


def _warn_of_decorator(func):
    if _eras.version_with("asyncio.coroutine") < 8:
        return
    import linecache
    import sys
    import warnings

    caller = sys._getframe(2)
    filename, line = caller.f_code.co_filename, caller.f_lineno
    # The Pythons that warned counted a decorator to the line of its `def`.
    first = last = getattr(getattr(func, "__code__", None), "co_firstlineno", line + 1)
    while first <= line and (text := linecache.getline(filename, last, caller.f_globals)).lstrip().startswith(("@", "#")):
        last += 1
    if first <= line < last and text.lstrip().startswith("def "):
        line = last
    warnings.warn_explicit('"@coroutine" decorator is deprecated since Python 3.8, use "async def" instead',
                           DeprecationWarning, filename, line, caller.f_globals.get("__name__", "<unknown>"),
                           caller.f_globals.setdefault("__warningregistry__", {}))


def coroutine(func):
    """Mark a generator function as a coroutine (Python 3.4 to 3.10)."""
    import functools
    import inspect

    _warn_of_decorator(func)
    if inspect.iscoroutinefunction(func):
        return func
    if inspect.isgeneratorfunction(func):
        body = func
    else:
        # A plain function may return something to wait for, or simply a value.
        @functools.wraps(func)
        def body(*args, **kwargs):
            found = func(*args, **kwargs)
            if hasattr(found, "_asyncio_future_blocking") or inspect.isgenerator(found):
                found = yield from found
            elif hasattr(type(found), "__await__"):
                found = yield from found.__await__()
            return found

    import types
    marked = types.coroutine(body)
    marked._is_coroutine = _is_coroutine
    return marked


def _format_coroutine(coro):
    """The text for a coroutine in the repr of its task: its name, and where it stands."""
    code = getattr(coro, "cr_code", None) or getattr(coro, "gi_code", None)
    if code is None:
        # Coroutines that are not written in Python have no code object.
        running = getattr(coro, "cr_running", None)
        if running is None:
            running = getattr(coro, "gi_running", False)
        return f"{_name_of(coro)} running" if running else _name_of(coro)

    name = _name_of(coro)
    frame = getattr(coro, "gi_frame", None) or getattr(coro, "cr_frame", None)
    place = code.co_filename or "<empty co_filename>"
    if frame is not None:
        return f"{name} running at {place}:{frame.f_lineno}"
    return f"{name} done, defined at {place}:{code.co_firstlineno}"


def _name_of(coro):
    name = getattr(coro, "__qualname__", None) or getattr(coro, "__name__", None)
    return f"{name or f'<{type(coro).__name__} without __name__>'}()"


def __getattr__(name):
    # Modules that most programs with asyncio do without.
    if name == "Coroutine":
        from _collections_abc import Coroutine
        globals()[name] = Coroutine
        return Coroutine
    if name == "_COROUTINE_TYPES":
        return (_CoroutineType, __getattr__("Coroutine"))
    if name in ("os", "types"):
        return __import__(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
