"""Requests as a server sees them.

Source: aiohttp's documentation, "Web Server Reference", "Request and Base Request".
"""

import datetime
import io
import json
from collections import namedtuple
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, SimpleCookie
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote

from multidict import CIMultiDict, CIMultiDictProxy, MultiDict, MultiDictProxy
from yarl import URL

from aiohttp._content import ContentHeaders
from aiohttp._multipart import FileField, MultipartReader, parse_disposition
from aiohttp._state import StateMapping

__all__ = ["BaseRequest", "Request", "FileField", "HttpVersion", "HttpVersion10", "HttpVersion11"]


HttpVersion = namedtuple("HttpVersion", ["major", "minor"])
HttpVersion10 = HttpVersion(1, 0)
HttpVersion11 = HttpVersion(1, 1)


class BaseRequest(StateMapping, ContentHeaders):
    """A request; also a dictionary in which handlers and middlewares leave things for each other."""

    def __init__(self, head, payload, protocol, client_max_size=1024 ** 2):
        _, self._method, self._target, minor, headers = head
        self._version = HttpVersion11 if minor else HttpVersion10
        self._headers = CIMultiDictProxy(CIMultiDict(headers))
        self._raw_headers = tuple((name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in headers)
        self._payload = payload
        self._protocol = protocol
        self._client_max_size = client_max_size
        self._state = {}
        self._cache = {}
        self._post = None
        self._read_bytes = None
        self.keep_alive = True

    def __repr__(self):
        return f"<{self.__class__.__name__} {self._method} {self.path} >"

    # --- the head

    @property
    def method(self):
        return self._method

    @property
    def version(self):
        return self._version

    @property
    def headers(self):
        return self._headers

    @property
    def raw_headers(self):
        return self._raw_headers

    @property
    def protocol(self):
        return self._protocol

    @property
    def transport(self):
        return self._protocol.transport

    @property
    def task(self):
        return self._protocol.task

    @property
    def loop(self):
        return self._protocol.loop

    @property
    def secure(self):
        return self.scheme == "https"

    @property
    def scheme(self):
        transport = self.transport
        return "https" if transport is not None and transport.get_extra_info("sslcontext") else "http"

    @property
    def host(self):
        host = self._headers.get("Host")
        if host is not None:
            return host
        name = self.transport.get_extra_info("sockname") if self.transport else None
        return f"{name[0]}:{name[1]}" if isinstance(name, tuple) else "localhost"

    @property
    def remote(self):
        peer = self._protocol.peername
        return str(peer[0]) if isinstance(peer, (list, tuple)) else peer or None

    @property
    def rel_url(self):
        if "rel_url" not in self._cache:
            self._cache["rel_url"] = URL(self._target, encoded=True).relative() if "://" in self._target.split("?")[0] \
                else URL(self._target, encoded=True)
        return self._cache["rel_url"]

    @property
    def url(self):
        return URL(f"{self.scheme}://{self.host}{self.rel_url}", encoded=True)

    @property
    def path(self):
        if "path" not in self._cache:
            self._cache["path"] = unquote(self.raw_path_only)
        return self._cache["path"]

    @property
    def raw_path_only(self):
        target = self._target
        if target[:1] != "/":
            target = str(self.rel_url)
        return target.partition("?")[0].partition("#")[0]

    @property
    def path_qs(self):
        return str(self.rel_url)

    @property
    def raw_path(self):
        return self._target

    @property
    def query_string(self):
        return self.rel_url.query_string

    @property
    def query(self):
        if "query" not in self._cache:
            text = self._target.partition("?")[2].partition("#")[0]
            self._cache["query"] = MultiDictProxy(MultiDict(parse_qsl(text, keep_blank_values=True)))
        return self._cache["query"]

    @property
    def cookies(self):
        if "cookies" not in self._cache:
            jar = SimpleCookie()
            try:
                jar.load(self._headers.get("Cookie", ""))
            except CookieError:
                pass
            self._cache["cookies"] = MappingProxyType({name: morsel.value for name, morsel in jar.items()})
        return self._cache["cookies"]

    def _date(self, name):
        value = self._headers.get(name)
        if value is None:
            return None
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)

    @property
    def if_modified_since(self):
        return self._date("If-Modified-Since")

    @property
    def if_unmodified_since(self):
        return self._date("If-Unmodified-Since")

    # --- the body

    @property
    def content(self):
        return self._payload

    @property
    def body_exists(self):
        from aiohttp._streams import EmptyStreamReader
        return not isinstance(self._payload, EmptyStreamReader)

    has_body = body_exists

    @property
    def can_read_body(self):
        return not self._payload.at_eof()

    async def release(self):
        """Reads what is left of the body."""
        while not self._payload.at_eof():
            await self._payload.readany()

    async def read(self):
        """The body as bytes."""
        if self._read_bytes is None:
            parts = []
            size = 0
            while chunk := await self._payload.readany():
                size += len(chunk)
                if self._client_max_size and size > self._client_max_size:
                    from aiohttp.web_exceptions import HTTPRequestEntityTooLarge
                    raise HTTPRequestEntityTooLarge(max_size=self._client_max_size, actual_size=size)
                parts.append(chunk)
            self._read_bytes = b"".join(parts)
        return self._read_bytes

    async def text(self):
        """The body as text, by the charset of the headers or UTF-8."""
        body = await self.read()
        try:
            return body.decode(self.charset or "utf-8")
        except LookupError:
            from aiohttp.web_exceptions import HTTPUnsupportedMediaType
            raise HTTPUnsupportedMediaType() from None

    async def json(self, *, loads=json.loads):
        """The body as JSON."""
        return loads(await self.text())

    async def multipart(self):
        """A reader of the parts of the body."""
        return MultipartReader(self._headers, self._payload)

    async def post(self):
        """The fields of a form."""
        if self._post is not None:
            return self._post
        fields = MultiDict()
        if self._method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
            if self.content_type == "multipart/form-data":
                async for part in MultipartReader(self._headers, self._payload):
                    data = await part.read()
                    _, params = parse_disposition(part.headers.get("Content-Disposition", ""))
                    if "filename" in params:
                        kind = part.headers.get("Content-Type", "application/octet-stream")
                        fields.add(part.name, FileField(part.name, params["filename"], io.BytesIO(data), kind, part.headers))
                    else:
                        fields.add(part.name, data.decode(part.charset or "utf-8"))
            elif self.content_type in ("", "application/x-www-form-urlencoded"):
                text = (await self.read()).rstrip().decode(self.charset or "utf-8")
                fields.extend(parse_qsl(text, keep_blank_values=True, encoding=self.charset or "utf-8"))
        self._post = MultiDictProxy(fields)
        return self._post

    def get_extra_info(self, name, default=None):
        return self.transport.get_extra_info(name, default) if self.transport else default


class Request(BaseRequest):
    """A request to an application: knows its route."""

    _match_info = None

    @property
    def match_info(self):
        return self._match_info

    @property
    def app(self):
        return self._match_info.current_app

    @property
    def config_dict(self):
        from collections import ChainMap
        return ChainMap(*reversed([app._state for app in self._match_info.apps]))
