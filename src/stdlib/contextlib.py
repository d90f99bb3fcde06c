"""Tools for the `with` statement: context managers from generators, stacks of them, and more.

The heart is `contextmanager`. A generator suspended at its `yield` is half a function call:
what comes before is done, what comes after is still to do. That is just what a context
manager is, so `__enter__` runs the generator to its `yield`, and `__exit__` lets it go on,
or throws the exception of the `with` body into it at that very place.

`ExitStack` is the `with` statement as an object: exits are pushed as one goes, and run in
reverse order, each seeing the exception that is then under way.

Everything exists twice, for `with` and for `async with`.
Sources: Library Reference "contextlib", PEP 343, PEP 492 "Asynchronous Context Managers".
"""

import sys
from _collections import deque
from abc import ABC, abstractmethod
from functools import wraps
from types import GenericAlias, MethodType

__all__ = [
    "asynccontextmanager",
    "contextmanager",
    "closing",
    "nullcontext",
    "AbstractContextManager",
    "AbstractAsyncContextManager",
    "AsyncExitStack",
    "ContextDecorator",
    "ExitStack",
    "redirect_stdout",
    "redirect_stderr",
    "suppress",
    "aclosing",
    "chdir",
]


def _provides(cls, *names):
    """Whether the class hierarchy has all these methods, and none set to None."""
    for name in names:
        for base in cls.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


class AbstractContextManager(ABC):
    """What has `__enter__` and `__exit__`; a base that supplies the former."""

    __class_getitem__ = classmethod(GenericAlias)

    __slots__ = ()

    def __enter__(self):
        return self

    @abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, C):
        if cls is AbstractContextManager:
            return _provides(C, "__enter__", "__exit__")
        return NotImplemented


class AbstractAsyncContextManager(ABC):
    """What has `__aenter__` and `__aexit__`; a base that supplies the former."""

    __class_getitem__ = classmethod(GenericAlias)

    __slots__ = ()

    async def __aenter__(self):
        return self

    @abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, C):
        if cls is AbstractAsyncContextManager:
            return _provides(C, "__aenter__", "__aexit__")
        return NotImplemented


class ContextDecorator:
    """A base for context managers that may also stand as decorators: the whole function
    then runs inside of them."""

    def _recreate_cm(self):
        # Managers that can be entered only once give a fresh one for each call.
        return self

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)

        return inner


class AsyncContextDecorator:
    """The same for asynchronous context managers and coroutine functions."""

    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        async def inner(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)

        return inner


class _GeneratorManager:
    """What both kinds of generator-made managers share: the call that makes the generator."""

    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        # Kept for _recreate_cm(), that is until the manager is entered.
        self.func, self.args, self.kwds = func, args, kwds
        # The function's docstring is the instance's, for help().
        doc = getattr(func, "__doc__", None)
        self.__doc__ = type(self).__doc__ if doc is None else doc

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)


def _same_exception(raised, thrown, traceback, stop_types):
    """Whether the generator merely let through what was thrown into it.

    Then __exit__ returns false and the `with` statement goes on raising `thrown` itself,
    with the traceback it had: the trip through the generator leaves no trace.
    """
    if raised is thrown:
        raised.__traceback__ = traceback
        return True
    # PEP 479: a StopIteration that leaves a generator arrives as the cause of a
    # RuntimeError; but it was the `with` body's, not the generator's mistake.
    if (
        isinstance(thrown, stop_types)
        and isinstance(raised, RuntimeError)
        and raised.__cause__ is thrown
    ):
        thrown.__traceback__ = traceback
        return True
    return False


class _GeneratorContextManager(
    _GeneratorManager, AbstractContextManager, ContextDecorator
):
    """A context manager made of a generator by @contextmanager."""

    def __enter__(self):
        # What the generator was called with must not outlive its use there.
        del self.args, self.kwds, self.func
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            try:
                raise RuntimeError("generator didn't stop")
            finally:
                self.gen.close()

        if value is None:
            # Called by hand with just a class: a `with` statement always has a value.
            value = typ()
        try:
            self.gen.throw(value)
        except StopIteration as exc:
            # It came to its end, so it has dealt with the exception; unless this is the
            # very StopIteration that was thrown.
            return exc is not value
        except BaseException as exc:
            if _same_exception(exc, value, traceback, StopIteration):
                return False
            raise
        try:
            raise RuntimeError("generator didn't stop after throw()")
        finally:
            self.gen.close()


class _AsyncGeneratorContextManager(
    _GeneratorManager, AbstractAsyncContextManager, AsyncContextDecorator
):
    """A context manager made of an asynchronous generator by @asynccontextmanager."""

    async def __aenter__(self):
        del self.args, self.kwds, self.func
        try:
            return await anext(self.gen)
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            try:
                await anext(self.gen)
            except StopAsyncIteration:
                return False
            try:
                raise RuntimeError("generator didn't stop")
            finally:
                await self.gen.aclose()

        if value is None:
            value = typ()
        try:
            await self.gen.athrow(value)
        except StopAsyncIteration as exc:
            return exc is not value
        except BaseException as exc:
            if _same_exception(
                exc, value, traceback, (StopIteration, StopAsyncIteration)
            ):
                return False
            raise
        try:
            raise RuntimeError("generator didn't stop after throw()")
        finally:
            await self.gen.aclose()


def contextmanager(func):
    """Make a function that returns context managers out of a generator function.

    The generator must yield once. What it yields is bound by `as`; the `with` body runs
    while it is suspended; an exception of the body is raised at the `yield`.
    """

    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)

    return helper


def asynccontextmanager(func):
    """Make a function that returns asynchronous context managers out of an asynchronous
    generator function; see contextmanager."""

    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)

    return helper


class closing(AbstractContextManager):
    """Calls `thing.close()` at the end, whatever happens."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    """Awaits `thing.aclose()` at the end: an asynchronous generator left half-way is then
    finished here and now, not by the event loop some time later."""

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class _RedirectStream(AbstractContextManager):
    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        # A stack, as the same manager may be entered again while it is active.
        self._old_targets = []

    def __enter__(self):
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exctype, excinst, exctb):
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_RedirectStream):
    """Puts another file in the place of sys.stdout, for the whole program, meanwhile."""

    _stream = "stdout"


class redirect_stderr(_RedirectStream):
    """Puts another file in the place of sys.stderr, for the whole program, meanwhile."""

    _stream = "stderr"


class suppress(AbstractContextManager):
    """Ends the `with` statement quietly when one of these exceptions leaves its body.

    Of an exception group the matching exceptions are taken out; if others remain, they
    are raised as a group.
    """

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        if exctype is None:
            return None
        if issubclass(exctype, self._exceptions):
            return True
        if issubclass(exctype, BaseExceptionGroup):
            _, rest = excinst.split(self._exceptions)
            if rest is None:
                return True
            raise rest
        return False


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """Does nothing, in `with` and in `async with`: for when a manager is optional."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass

    async def __aenter__(self):
        return self.enter_result

    async def __aexit__(self, *excinfo):
        pass


class chdir(AbstractContextManager):
    """Makes another directory the current one meanwhile; reentrant."""

    def __init__(self, path):
        self.path = path
        self._old_cwd = []

    def __enter__(self):
        import os

        self._old_cwd.append(os.getcwd())
        os.chdir(self.path)

    def __exit__(self, *excinfo):
        import os

        os.chdir(self._old_cwd.pop())


class _Unwinding:
    """The state of a stack while its exits run: which exception is under way.

    Nested `with` statements would chain exceptions so that each new one has the previous
    one as its context. Here all exits run inside one call, where every exception raised
    gets the context of that call, so the chain is put right by hand.
    """

    __slots__ = ("received", "current", "outside", "suppressed", "replaced")

    def __init__(self, received, outside):
        self.received = received
        self.current = received
        # What was being handled when the stack began to unwind.
        self.outside = outside
        self.suppressed = False
        self.replaced = False

    def details(self):
        exc = self.current
        if exc is None:
            return None, None, None
        return type(exc), exc, exc.__traceback__

    def suppress(self):
        self.current = None
        self.suppressed = True
        self.replaced = False

    def replace(self, new):
        """An exit raised `new`: hang what was under way at the end of its own chain."""
        end = new
        while True:
            context = end.__context__
            if context is None or context is self.current:
                break
            if context is self.outside:
                end.__context__ = self.current
                break
            end = context
        self.current = new
        self.replaced = True

    def replacement(self):
        """The exception that took the received one's place, if any, and its context."""
        if not self.replaced:
            return None, None
        exc = self.current
        # The traceback to come holds the frame that holds us: no cycle through us.
        self.received = self.current = self.outside = None
        return exc, exc.__context__


class _BaseExitStack:
    """What ExitStack and AsyncExitStack share: the stack and the synchronous exits.

    An entry is a pair: whether its result is final (or to be awaited), and the exit, which
    takes what `__exit__` takes.
    """

    def __init__(self):
        self._exit_callbacks = deque()

    def pop_all(self):
        """Move all exits to a new stack, which is returned."""
        other = type(self)()
        other._exit_callbacks = self._exit_callbacks
        self._exit_callbacks = deque()
        return other

    def push(self, exit):
        """Push a context manager's exit, or a function with the signature of one.

        The manager is not entered. Returns `exit`, so it can be used as a decorator.
        """
        # Looked up on the type, as the `with` statement does.
        try:
            method = type(exit).__exit__
        except AttributeError:
            self._push_exit_callback(exit)
        else:
            self._push_cm_exit(exit, method)
        return exit

    def enter_context(self, cm):
        """Enter a context manager, push its exit, and give what entering it gave."""
        cls = type(cm)
        try:
            enter = cls.__enter__
            exit = cls.__exit__
        except AttributeError:
            raise TypeError(
                f"'{cls.__module__}.{cls.__qualname__}' object does "
                f"not support the context manager protocol"
            ) from None
        result = enter(cm)
        self._push_cm_exit(cm, exit)
        return result

    def callback(self, callback, /, *args, **kwds):
        """Push a function call; it sees no exception and can suppress none.

        Returns the function, so it can be used as a decorator.
        """

        def _exit_wrapper(exc_type, exc, tb):
            callback(*args, **kwds)

        # For introspection, which wants to see what was really pushed.
        _exit_wrapper.__wrapped__ = callback
        self._push_exit_callback(_exit_wrapper)
        return callback

    def _push_cm_exit(self, cm, cm_exit):
        self._push_exit_callback(MethodType(cm_exit, cm))

    def _push_exit_callback(self, callback, is_sync=True):
        self._exit_callbacks.append((is_sync, callback))


class ExitStack(_BaseExitStack, AbstractContextManager):
    """A `with` statement of any number of context managers and callbacks, known only at
    run time."""

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        unwinding = _Unwinding(exc_details[1], sys.exception())
        callbacks = self._exit_callbacks
        while callbacks:
            _, cb = callbacks.pop()
            exc_details = unwinding.details()
            try:
                if cb(*exc_details):
                    unwinding.suppress()
            except BaseException as new:
                unwinding.replace(new)
        exc, context = unwinding.replacement()
        if exc is not None:
            try:
                raise exc
            except BaseException:
                # Raising it gave it another context than its own.
                exc.__context__ = context
                raise
            finally:
                del exc, context
        return unwinding.received is not None and unwinding.suppressed

    def close(self):
        """Run all exits now."""
        self.__exit__(None, None, None)


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """An `async with` statement of any number of context managers and callbacks, both
    kinds of each, known only at run time."""

    async def enter_async_context(self, cm):
        """Enter an asynchronous context manager, push its exit, and give what entering it
        gave."""
        cls = type(cm)
        try:
            enter = cls.__aenter__
            exit = cls.__aexit__
        except AttributeError:
            raise TypeError(
                f"'{cls.__module__}.{cls.__qualname__}' object does "
                f"not support the asynchronous context manager protocol"
            ) from None
        result = await enter(cm)
        self._push_async_cm_exit(cm, exit)
        return result

    def push_async_exit(self, exit):
        """Push an asynchronous context manager's exit, or a coroutine function with the
        signature of one. Returns `exit`."""
        try:
            method = type(exit).__aexit__
        except AttributeError:
            self._push_exit_callback(exit, False)
        else:
            self._push_async_cm_exit(exit, method)
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        """Push a call of a coroutine function; it sees no exception and can suppress none.
        Returns the function."""

        async def _exit_wrapper(exc_type, exc, tb):
            await callback(*args, **kwds)

        _exit_wrapper.__wrapped__ = callback
        self._push_exit_callback(_exit_wrapper, False)
        return callback

    async def aclose(self):
        """Run all exits now."""
        await self.__aexit__(None, None, None)

    def _push_async_cm_exit(self, cm, cm_exit):
        self._push_exit_callback(MethodType(cm_exit, cm), False)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        unwinding = _Unwinding(exc_details[1], sys.exception())
        callbacks = self._exit_callbacks
        while callbacks:
            is_sync, cb = callbacks.pop()
            exc_details = unwinding.details()
            try:
                if is_sync:
                    cb_suppress = cb(*exc_details)
                else:
                    cb_suppress = await cb(*exc_details)
                if cb_suppress:
                    unwinding.suppress()
            except BaseException as new:
                unwinding.replace(new)
        exc, context = unwinding.replacement()
        if exc is not None:
            try:
                raise exc
            except BaseException:
                # Raising it gave it another context than its own.
                exc.__context__ = context
                raise
            finally:
                del exc, context
        return unwinding.received is not None and unwinding.suppressed
