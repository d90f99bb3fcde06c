"""Applications: routes, middlewares, what happens at the start and at the end.

Source: aiohttp's documentation, "Web Server Reference", "Application".
"""

import asyncio
import inspect
import warnings

from aiohttp._state import StateMapping
from aiohttp.web_protocol import Server
from aiohttp.web_request import Request
from aiohttp.web_urldispatcher import PrefixedSubAppResource, UrlDispatcher

__all__ = ["Application", "AppKey", "CleanupError", "Signal", "middleware", "normalize_path_middleware"]


class AppKey:
    """A key of an application's dictionary, with a type for readers and tools."""

    def __init__(self, name, t=None):
        self._name = name
        self._t = t

    def __class_getitem__(cls, item):
        return cls

    def __lt__(self, other):
        return True

    def __repr__(self):
        kind = f"type={self._t.__qualname__}" if isinstance(self._t, type) else "type unknown at runtime"
        return f"<AppKey({self._name}, {kind})>"


class CleanupError(RuntimeError):
    @property
    def exceptions(self):
        return self.args[1]


class Signal(list):
    """Coroutine functions that are called one after the other."""

    def __init__(self, owner):
        super().__init__()
        self._owner = owner
        self._frozen = False

    def __repr__(self):
        return f"<Signal owner={self._owner}, frozen={self._frozen}, {list(self)!r}>"

    @property
    def frozen(self):
        return self._frozen

    def freeze(self):
        self._frozen = True

    def append(self, receiver):
        if self._frozen:
            raise RuntimeError("Cannot modify frozen list.")
        super().append(receiver)

    async def send(self, *args, **kwargs):
        for receiver in self:
            result = receiver(*args, **kwargs)
            if inspect.isawaitable(result):
                await result


class CleanupContext(list):
    """Asynchronous generators: what stands before `yield` runs at the start, what stands behind it at the end."""

    def __init__(self):
        super().__init__()
        self._running = []

    async def start(self, app):
        for function in self:
            made = function(app)
            if hasattr(made, "__aenter__"):
                await made.__aenter__()
            else:
                await made.__anext__()
            self._running.append(made)

    async def stop(self, app):
        errors = []
        while self._running:
            made = self._running.pop()
            try:
                if hasattr(made, "__aexit__"):
                    await made.__aexit__(None, None, None)
                    continue
                await made.__anext__()
            except StopAsyncIteration:
                pass
            except (Exception, asyncio.CancelledError) as failure:
                errors.append(failure)
            else:
                errors.append(RuntimeError(f"{made!r} has more than one 'yield'"))
        if len(errors) == 1:
            raise errors[0]
        if errors:
            raise CleanupError("Multiple errors on cleanup stage", errors)


def middleware(function):
    """Marks a coroutine function `(request, handler)` as a middleware."""
    function.__middleware_version__ = 1
    return function


def normalize_path_middleware(*, append_slash=True, remove_slash=False, merge_slashes=True, redirect_class=None):
    """A middleware that redirects paths that are a slash away from a known one."""
    import re
    from aiohttp.web_exceptions import HTTPPermanentRedirect
    redirect_class = redirect_class or HTTPPermanentRedirect

    @middleware
    async def normalize(request, handler):
        if request.match_info.http_exception is not None and request.match_info.http_exception.status == 404:
            path, mark, query = request.raw_path.partition("?")
            candidates = []
            if merge_slashes:
                candidates.append(re.sub("//+", "/", path))
            if append_slash and not path.endswith("/"):
                candidates.append(path + "/")
            if remove_slash and path.endswith("/"):
                candidates.append(path[:-1])
            if merge_slashes and append_slash:
                candidates.append(re.sub("//+", "/", path + "/"))
            for candidate in candidates:
                found = request.app.router._resolve(request, candidate)
                if found.http_exception is None and candidate != path:
                    raise redirect_class(candidate + mark + query)
        return await handler(request)

    return normalize


class Application(StateMapping):
    """What answers requests; also a dictionary of what handlers share."""

    def __init__(self, *, logger=None, router=None, middlewares=(), handler_args=None, client_max_size=1024 ** 2, loop=None,
                 debug=...):
        if loop is not None:
            warnings.warn("loop argument is deprecated", DeprecationWarning, stacklevel=2)
        self._router = UrlDispatcher() if router is None else router
        self._handler_args = handler_args
        self._client_max_size = client_max_size
        self.logger = logger
        self.middlewares = list(middlewares)
        self._state = {}
        self._frozen = False
        self._loop = loop
        self._subapps = []
        self.on_response_prepare = Signal(self)
        self.on_startup = Signal(self)
        self.on_shutdown = Signal(self)
        self.on_cleanup = Signal(self)
        self.cleanup_ctx = CleanupContext()
        self.on_startup.append(self.cleanup_ctx.start)
        self.on_cleanup.append(self.cleanup_ctx.stop)

    def __repr__(self):
        return f"<Application 0x{id(self):x}>"

    def __setitem__(self, key, value):
        if self._frozen:
            warnings.warn("Changing state of started or joined application is deprecated", DeprecationWarning, stacklevel=2)
        self._state[key] = value

    @property
    def router(self):
        return self._router

    @property
    def loop(self):
        return self._loop or asyncio.get_event_loop()

    @property
    def frozen(self):
        return self._frozen

    @property
    def debug(self):
        return asyncio.get_event_loop().get_debug()

    def freeze(self):
        if self._frozen:
            return
        self._frozen = True
        self._router.freeze()
        for signal in (self.on_response_prepare, self.on_startup, self.on_shutdown, self.on_cleanup):
            signal.freeze()
        for app in self._subapps:
            app.freeze()

    pre_freeze = freeze

    def add_routes(self, routes):
        return self._router.add_routes(routes)

    def add_subapp(self, prefix, subapp):
        """Puts an application below a path."""
        if not isinstance(prefix, str):
            raise TypeError("Prefix must be str")
        prefix = prefix.rstrip("/")
        if not prefix:
            raise ValueError("Prefix cannot be empty")
        if self._frozen:
            raise RuntimeError("Cannot add sub application to frozen application")
        if subapp.frozen:
            raise RuntimeError("Cannot add frozen application")
        resource = PrefixedSubAppResource(prefix, subapp)
        self._router.register_resource(resource)
        self._subapps.append(subapp)
        for name in ("on_startup", "on_shutdown", "on_cleanup"):
            self._pass_on(name, subapp)
        return resource

    def _pass_on(self, name, subapp):
        async def send(app):
            await getattr(subapp, name).send(subapp)
        getattr(self, name).append(send)

    async def startup(self):
        """Sends the signal on_startup."""
        await self.on_startup.send(self)

    async def shutdown(self):
        """Sends the signal on_shutdown."""
        await self.on_shutdown.send(self)

    async def cleanup(self):
        """Sends the signal on_cleanup."""
        if self.on_cleanup.frozen:
            await self.on_cleanup.send(self)
        else:
            await self.cleanup_ctx.stop(self)

    def _make_request(self, head, payload, protocol, client_max_size):
        return Request(head, payload, protocol, self._client_max_size)

    async def _handle(self, request):
        info = self._router._resolve(request, request.raw_path_only)
        info.add_app(self)
        request._match_info = info
        handler = info.handler
        for app in reversed(info._apps):
            for outer in reversed(app.middlewares):
                handler = _wrapped(outer, handler, app)
                if inspect.isawaitable(handler):
                    # A middleware of the old kind: a coroutine function that makes the handler.
                    handler = await handler
        return await handler(request)

    def __call__(self):
        """gunicorn compatibility"""
        return self

    def _make_handler(self, *, loop=None, access_log_class=None, **kwargs):
        self.freeze()
        self.on_startup.freeze()
        kwargs.setdefault("client_max_size", self._client_max_size)
        return Server(self._handle, request_factory=self._make_request, **{**(self._handler_args or {}), **kwargs})

    def make_handler(self, *, loop=None, access_log_class=None, **kwargs):
        """The factory of protocols for `loop.create_server`; AppRunner is the newer way."""
        warnings.warn("Application.make_handler(...) is deprecated, use AppRunner API instead", DeprecationWarning,
                      stacklevel=2)
        return self._make_handler(loop=loop, **kwargs)


def _wrapped(outer, handler, app):
    if getattr(outer, "__middleware_version__", None) == 1:
        async def wrapped(request):
            return await outer(request, handler)
        return wrapped
    return outer(app, handler)
