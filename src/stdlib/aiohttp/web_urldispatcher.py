"""Routes: which handler a method and a path belong to.

A resource is a path, possibly with names in braces (`/user/{name}`, `/user/{id:\\d+}`), and has a route for each method.
Source: aiohttp's documentation, "Web Server Reference", "Router".
"""

import asyncio
import inspect
import os
import re
from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType
from urllib.parse import quote, unquote

from yarl import URL

from aiohttp.web_exceptions import HTTPForbidden, HTTPMethodNotAllowed, HTTPNotFound
from aiohttp.web_response import FileResponse, Response

__all__ = ["UrlDispatcher", "UrlMappingMatchInfo", "AbstractResource", "Resource", "PlainResource", "DynamicResource",
           "AbstractRoute", "ResourceRoute", "StaticResource", "View", "RouteDef", "StaticDef", "RouteTableDef", "route",
           "get", "post", "put", "patch", "delete", "head", "options", "view", "static"]

_METHOD = re.compile(r"[\w!#$%&'*+\-.^_`|~]+", re.ASCII)
_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_.:-]*$")
_BRACES = re.compile(r"(\{[_a-zA-Z][^{}]*(?:\{[^{}]*\}[^{}]*)*\})")
_DYNAMIC = re.compile(r"\{(?P<var>[_a-zA-Z][_a-zA-Z0-9]*)\}")
_DYNAMIC_WITH_PATTERN = re.compile(r"\{(?P<var>[_a-zA-Z][_a-zA-Z0-9]*):(?P<pattern>.+)\}")


class UrlMappingMatchInfo(dict):
    """What a path matched: the names in braces with their texts, and the route."""

    def __init__(self, match_dict, route):
        super().__init__(match_dict)
        self._route = route
        self._apps = []

    @property
    def handler(self):
        return self._route.handler

    @property
    def route(self):
        return self._route

    @property
    def http_exception(self):
        return None

    @property
    def apps(self):
        return tuple(self._apps)

    @property
    def current_app(self):
        return self._apps[-1]

    def add_app(self, app):
        self._apps.insert(0, app)

    def __repr__(self):
        return f"<MatchInfo {super().__repr__()}: {self._route}>"


class _Failed(UrlMappingMatchInfo):
    """What stands for a match when there is none: its handler raises."""

    def __init__(self, exception):
        super().__init__({}, None)
        self._exception = exception

    @property
    def handler(self):
        return self._raise

    async def _raise(self, request):
        raise self._exception

    @property
    def http_exception(self):
        return self._exception

    def __repr__(self):
        return f"<MatchInfoError {self._exception.status}: {self._exception.reason}>"


class AbstractRoute:
    """A handler for a method."""

    def __init__(self, method, handler, *, expect_handler=None, resource=None):
        if not callable(handler):
            raise TypeError(f"Only async functions are allowed as web-handlers, got {handler!r}")
        if not (inspect.iscoroutinefunction(handler) or isinstance(handler, type)):
            made = handler

            async def handler(request):
                # Old programs have plain functions and generators as handlers.
                result = made(request)
                if inspect.isawaitable(result) or asyncio.iscoroutine(result):
                    result = await result
                return result

            handler.__name__ = getattr(made, "__name__", "handler")
        self._method = method
        self._handler = handler
        self._resource = resource

    @property
    def method(self):
        return self._method

    @property
    def handler(self):
        return self._handler

    @property
    def resource(self):
        return self._resource

    @property
    def name(self):
        return self._resource.name if self._resource else None

    def url_for(self, *args, **kwargs):
        return self._resource.url_for(*args, **kwargs)

    def get_info(self):
        return self._resource.get_info()


class ResourceRoute(AbstractRoute):
    def __repr__(self):
        return f"<ResourceRoute [{self._method}] {self._resource} -> {self._handler!r}"


class AbstractResource:
    def __init__(self, *, name=None):
        self._name = name

    @property
    def name(self):
        return self._name


class Resource(AbstractResource):
    """A path with its routes."""

    def __init__(self, *, name=None):
        super().__init__(name=name)
        self._routes = {}
        self._prefix = ""

    def add_route(self, method, handler, *, expect_handler=None):
        if method in self._routes or "*" in self._routes:
            raise RuntimeError(f"Added route will never be executed, method {method} is already registered")
        route = self._routes[method] = ResourceRoute(method, handler, resource=self)
        return route

    def resolve(self, method, path):
        """The match, or None; and the methods that there are."""
        matched = self._match(path)
        if matched is None:
            return None, ()
        route = self._routes.get(method) or self._routes.get("*")
        if route is None:
            return None, self._routes
        return UrlMappingMatchInfo(matched, route), self._routes

    def __len__(self):
        return len(self._routes)

    def __iter__(self):
        return iter(self._routes.values())


class PlainResource(Resource):
    """A path without names."""

    def __init__(self, path, *, name=None):
        super().__init__(name=name)
        self._path = path

    @property
    def canonical(self):
        return self._path

    def add_prefix(self, prefix):
        self._path = prefix + self._path

    def _match(self, path):
        return {} if path == self._path or unquote(path) == self._path else None

    def url_for(self):
        return URL(self._path)

    def get_info(self):
        return {"path": self._path}

    def __repr__(self):
        name = "'" + self._name + "' " if self._name else ""
        return f"<PlainResource {name} {self._path}>"


class DynamicResource(Resource):
    """A path with names in braces."""

    def __init__(self, path, *, name=None):
        super().__init__(name=name)
        pattern, formatter = "", ""
        for part in _BRACES.split(path):
            if match := _DYNAMIC.fullmatch(part):
                pattern += f"(?P<{match['var']}>[^{{}}/]+)"
                formatter += "{" + match["var"] + "}"
            elif match := _DYNAMIC_WITH_PATTERN.fullmatch(part):
                pattern += f"(?P<{match['var']}>{match['pattern']})"
                formatter += "{" + match["var"] + "}"
            elif "{" in part or "}" in part:
                raise ValueError(f"Invalid path '{path}'['{part}']")
            else:
                part = quote(part, safe="/%:@!$&'()*+,;=~")
                formatter += part
                pattern += re.escape(part)
        try:
            self._pattern = re.compile(pattern)
        except re.error as failure:
            raise ValueError(f"Bad pattern '{pattern}': {failure}") from None
        self._formatter = formatter

    @property
    def canonical(self):
        return self._formatter

    def add_prefix(self, prefix):
        self._pattern = re.compile(re.escape(prefix) + self._pattern.pattern)
        self._formatter = prefix + self._formatter

    def _match(self, path):
        match = self._pattern.fullmatch(path)
        return None if match is None else {name: unquote(value) for name, value in match.groupdict().items()}

    def url_for(self, **parts):
        return URL(self._formatter.format_map({name: quote(str(value), safe="") for name, value in parts.items()}),
                   encoded=True)

    def get_info(self):
        return {"formatter": self._formatter, "pattern": self._pattern}

    def __repr__(self):
        name = "'" + self._name + "' " if self._name else ""
        return f"<DynamicResource {name} {self._formatter}>"


class StaticResource(Resource):
    """The files below a folder."""

    def __init__(self, prefix, directory, *, name=None, show_index=False, follow_symlinks=False, append_version=False,
                 chunk_size=256 * 1024, expect_handler=None):
        super().__init__(name=name)
        directory = os.path.abspath(os.path.expanduser(os.fspath(directory)))
        if not os.path.isdir(directory):
            raise ValueError(f"'{directory}' does not exist or is not a directory")
        self._prefix_path = prefix.rstrip("/")
        self._directory = directory
        self._show_index = show_index
        self._chunk_size = chunk_size
        for method in ("GET", "HEAD"):
            self._routes[method] = ResourceRoute(method, self._handle, resource=self)

    @property
    def canonical(self):
        return self._prefix_path

    def add_prefix(self, prefix):
        self._prefix_path = prefix + self._prefix_path

    def _match(self, path):
        prefix = self._prefix_path + "/"
        if not path.startswith(prefix) and path != self._prefix_path:
            return None
        return {"filename": unquote(path[len(prefix):])}

    def url_for(self, *, filename, append_version=None):
        return URL(self._prefix_path + "/" + quote(str(filename).lstrip("/")), encoded=True)

    def get_info(self):
        return {"directory": self._directory, "prefix": self._prefix_path, "routes": self._routes}

    async def _handle(self, request):
        name = request.match_info["filename"]
        path = os.path.normpath(os.path.join(self._directory, name.lstrip("/")))
        if "\0" in name or path != self._directory and not path.startswith(self._directory + os.sep):
            # Outside of the folder.
            raise HTTPNotFound()
        if os.path.isdir(path):
            if not self._show_index:
                raise HTTPForbidden()
            return Response(text=self._index(path), content_type="text/html")
        return FileResponse(path, chunk_size=self._chunk_size)

    def _index(self, path):
        shown = escape("/" + os.path.relpath(path, self._directory).replace(os.sep, "/").strip("."))
        rows = []
        for name in sorted(os.listdir(path)):
            full = os.path.join(path, name)
            slash = "/" if os.path.isdir(full) else ""
            link = quote(f"{self._prefix_path}/{os.path.relpath(full, self._directory)}")
            rows.append(f'<li><a href="{link}">{escape(name)}{slash}</a></li>')
        listing = "\n".join(rows)
        title = f"Index of {shown}"
        return (f"<html>\n<head>\n<title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n<ul>\n{listing}\n</ul>\n"
                "</body>\n</html>")

    def __repr__(self):
        name = "'" + self._name + "'" if self._name else ""
        return f"<StaticResource {name} {self._prefix_path} -> {self._directory!r}>"


class PrefixedSubAppResource(AbstractResource):
    """An application below a path."""

    def __init__(self, prefix, app):
        super().__init__()
        self._prefix_path = prefix
        self._app = app
        for resource in app.router.resources():
            resource.add_prefix(prefix)

    @property
    def canonical(self):
        return self._prefix_path

    def add_prefix(self, prefix):
        self._prefix_path = prefix + self._prefix_path
        for resource in self._app.router.resources():
            resource.add_prefix(prefix)

    def resolve_request(self, request, path):
        if path != self._prefix_path and not path.startswith(self._prefix_path + "/"):
            return None
        info = self._app.router._resolve(request, path)
        info.add_app(self._app)
        return info

    def __len__(self):
        return len(self._app.router.routes())

    def __iter__(self):
        return iter(self._app.router.routes())

    def __repr__(self):
        return f"<PrefixedSubAppResource {self._prefix_path} -> {self._app!r}>"


class View:
    """A class whose methods get, post and so on are the handlers."""

    def __init__(self, request):
        self._request = request

    @property
    def request(self):
        return self._request

    def __await__(self):
        return self._serve().__await__()

    async def _serve(self):
        method = getattr(self, self._request.method.lower(), None)
        if method is None:
            allowed = {name for name in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
                       if hasattr(self, name.lower())}
            raise HTTPMethodNotAllowed(self._request.method, allowed)
        return await method()


class UrlDispatcher(Mapping):
    """The resources of an application, in the order in which they were added; a mapping of those with a name."""

    def __init__(self):
        self._resources = []
        self._named = {}
        self._frozen = False

    def freeze(self):
        self._frozen = True

    def __getitem__(self, name):
        return self._named[name]

    def __len__(self):
        return len(self._named)

    def __iter__(self):
        return iter(self._named)

    def resources(self):
        return list(self._resources)

    def routes(self):
        return [route for resource in self._resources for route in resource]

    def named_resources(self):
        return MappingProxyType(self._named)

    async def resolve(self, request):
        return self._resolve(request, request.raw_path_only)

    def _resolve(self, request, path):
        allowed = set()
        for resource in self._resources:
            if isinstance(resource, PrefixedSubAppResource):
                info = resource.resolve_request(request, path)
                if info is not None:
                    return info
                continue
            info, methods = resource.resolve(request.method, path)
            if info is not None:
                return info
            allowed.update(methods)
        if allowed:
            return _Failed(HTTPMethodNotAllowed(request.method, allowed))
        return _Failed(HTTPNotFound())

    def register_resource(self, resource):
        if self._frozen:
            raise RuntimeError("Cannot register a resource into frozen router.")
        name = resource.name
        if name is not None:
            if not _NAME.match(name):
                raise ValueError(f"Incorrect route name {name!r}, the name should be a sequence of python identifiers "
                                 "separated by dash, dot or column")
            if name in self._named:
                raise ValueError(f"Duplicate {name!r}, already handled by {self._named[name]!r}")
            self._named[name] = resource
        self._resources.append(resource)

    def add_resource(self, path, *, name=None):
        if path and not path.startswith("/"):
            raise ValueError("path should be started with / or be empty")
        last = self._resources[-1] if self._resources else None
        if isinstance(last, Resource) and not isinstance(last, StaticResource) and last.name == name \
                and getattr(last, "_given", None) == path:
            return last
        resource = (DynamicResource if "{" in path or "}" in path else PlainResource)(path, name=name)
        resource._given = path
        self.register_resource(resource)
        return resource

    def add_route(self, method, path, handler, *, name=None, expect_handler=None):
        method = method.upper()
        if method != "*" and not _METHOD.fullmatch(method):
            raise ValueError(f"{method} is not allowed HTTP method")
        return self.add_resource(path, name=name).add_route(method, handler)

    def add_static(self, prefix, path, *, name=None, expect_handler=None, chunk_size=256 * 1024, show_index=False,
                   follow_symlinks=False, append_version=False):
        resource = StaticResource(prefix, path, name=name, show_index=show_index, chunk_size=chunk_size)
        self.register_resource(resource)
        return resource

    def add_head(self, path, handler, **kwargs):
        return self.add_route("HEAD", path, handler, **kwargs)

    def add_options(self, path, handler, **kwargs):
        return self.add_route("OPTIONS", path, handler, **kwargs)

    def add_get(self, path, handler, *, name=None, allow_head=True, **kwargs):
        resource = self.add_resource(path, name=name)
        if allow_head:
            resource.add_route("HEAD", handler, **kwargs)
        return resource.add_route("GET", handler, **kwargs)

    def add_post(self, path, handler, **kwargs):
        return self.add_route("POST", path, handler, **kwargs)

    def add_put(self, path, handler, **kwargs):
        return self.add_route("PUT", path, handler, **kwargs)

    def add_patch(self, path, handler, **kwargs):
        return self.add_route("PATCH", path, handler, **kwargs)

    def add_delete(self, path, handler, **kwargs):
        return self.add_route("DELETE", path, handler, **kwargs)

    def add_view(self, path, handler, **kwargs):
        return self.add_route("*", path, handler, **kwargs)

    def add_routes(self, routes):
        """Append routes to route table."""
        return [made for definition in routes for made in definition.register(self)]


class RouteDef:
    """A route that is yet to be added."""

    def __init__(self, method, path, handler, kwargs):
        self.method, self.path, self.handler, self.kwargs = method, path, handler, kwargs

    def __repr__(self):
        info = "".join(f", {name}={value!r}" for name, value in sorted(self.kwargs.items()))
        return f"<RouteDef {self.method} {self.path} -> {self.handler.__name__!r}{info}>"

    def register(self, router):
        if self.method in ("HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            return [getattr(router, "add_" + self.method.lower())(self.path, self.handler, **self.kwargs)]
        return [router.add_route(self.method, self.path, self.handler, **self.kwargs)]


class StaticDef:
    """A folder that is yet to be added."""

    def __init__(self, prefix, path, kwargs):
        self.prefix, self.path, self.kwargs = prefix, path, kwargs

    def register(self, router):
        return list(router.add_static(self.prefix, self.path, **self.kwargs))


def route(method, path, handler, **kwargs):
    return RouteDef(method, path, handler, kwargs)


def head(path, handler, **kwargs):
    return route("HEAD", path, handler, **kwargs)


def options(path, handler, **kwargs):
    return route("OPTIONS", path, handler, **kwargs)


def get(path, handler, *, name=None, allow_head=True, **kwargs):
    return route("GET", path, handler, name=name, allow_head=allow_head, **kwargs)


def post(path, handler, **kwargs):
    return route("POST", path, handler, **kwargs)


def put(path, handler, **kwargs):
    return route("PUT", path, handler, **kwargs)


def patch(path, handler, **kwargs):
    return route("PATCH", path, handler, **kwargs)


def delete(path, handler, **kwargs):
    return route("DELETE", path, handler, **kwargs)


def view(path, handler, **kwargs):
    return route("*", path, handler, **kwargs)


def static(prefix, path, **kwargs):
    return StaticDef(prefix, path, kwargs)


class RouteTableDef(Sequence):
    """Routes collected by decorators."""

    def __init__(self):
        self._items = []

    def __repr__(self):
        return f"<RouteTableDef count={len(self._items)}>"

    def __getitem__(self, index):
        return self._items[index]

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __contains__(self, item):
        return item in self._items

    def route(self, method, path, **kwargs):
        def decorate(handler):
            self._items.append(RouteDef(method, path, handler, kwargs))
            return handler
        return decorate

    def head(self, path, **kwargs):
        return self.route("HEAD", path, **kwargs)

    def get(self, path, **kwargs):
        return self.route("GET", path, **kwargs)

    def post(self, path, **kwargs):
        return self.route("POST", path, **kwargs)

    def put(self, path, **kwargs):
        return self.route("PUT", path, **kwargs)

    def patch(self, path, **kwargs):
        return self.route("PATCH", path, **kwargs)

    def delete(self, path, **kwargs):
        return self.route("DELETE", path, **kwargs)

    def options(self, path, **kwargs):
        return self.route("OPTIONS", path, **kwargs)

    def view(self, path, **kwargs):
        return self.route("*", path, **kwargs)

    def static(self, prefix, path, **kwargs):
        self._items.append(StaticDef(prefix, path, kwargs))
