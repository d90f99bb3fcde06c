"""HTTP for clients: sessions, requests, responses, WebSockets.

A session keeps connections that servers leave open and uses them again. A request is sent whole (or piece by piece from an
iterator); then the head of the response is awaited; its body is read by whoever has the response, and when it is at its end
the connection goes back to the session.
Source: aiohttp's documentation, "Client Reference"; RFC 9112.
"""

import asyncio
import json
import os
import socket
import sys
import warnings
from collections import namedtuple
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import MappingProxyType

from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from _http import parse_response

from aiohttp._content import ContentHeaders
from aiohttp._multipart import FormData
from aiohttp._streams import EMPTY_PAYLOAD, BadHttpMessage, MessageParser, StreamReader
from aiohttp._websocket import MAX_MESSAGE, WebSocketBase, WSCloseCode, accept_key
from aiohttp.client_exceptions import *
from aiohttp.cookiejar import CookieJar
from aiohttp.web_request import HttpVersion10, HttpVersion11

USER_AGENT = "Python/%d.%d aiohttp/3.14.5" % sys.version_info[:2]

_UNSET = type("_Unset", (), {"__repr__": lambda self: "<_SENTINEL.sentinel: <object>>", "__bool__": lambda self: False})()

ConnectionKey = namedtuple("ConnectionKey", ["host", "port", "is_ssl", "ssl"])
RequestInfo = namedtuple("RequestInfo", ["url", "method", "headers", "real_url"])


@dataclass(frozen=True)
class ClientTimeout:
    """How long a request may take: in all, to get a connection, to make one, between two pieces of data."""

    total: float | None = None
    connect: float | None = None
    sock_read: float | None = None
    sock_connect: float | None = None
    ceil_threshold: float = 5


DEFAULT_TIMEOUT = ClientTimeout(total=5 * 60, sock_connect=30)


@dataclass(frozen=True)
class ClientWSTimeout:
    """How long a WebSocket waits for a message, and for the end."""

    ws_receive: float | None = None
    ws_close: float | None = 10.0


class BasicAuth(namedtuple("BasicAuth", ["login", "password", "encoding"])):
    """Http basic authentication helper."""

    __slots__ = ()

    def __new__(cls, login, password="", encoding="latin1"):
        if login is None:
            raise ValueError("None is not allowed as login value")
        if password is None:
            raise ValueError("None is not allowed as password value")
        if ":" in login:
            raise ValueError('A ":" is not allowed in login (RFC 1945#section-11.1)')
        return super().__new__(cls, login, password, encoding)

    @classmethod
    def decode(cls, auth_header, encoding="latin1"):
        """Create a BasicAuth object from an Authorization HTTP header."""
        from base64 import b64decode
        kind, _, text = auth_header.partition(" ")
        if kind.lower() != "basic":
            raise ValueError("Unknown authorization method %s" % kind)
        login, _, password = b64decode(text.encode("ascii")).decode(encoding).partition(":")
        return cls(login, password, encoding)

    def encode(self):
        """Encode credentials."""
        from base64 import b64encode
        return "Basic " + b64encode(f"{self.login}:{self.password}".encode(self.encoding)).decode(self.encoding)


class _Connection(asyncio.Protocol):
    """A connection to a server."""

    def __init__(self, loop, key):
        self.loop = loop
        self.key = key
        self.transport = None
        self.lost = False
        self._exception = None
        self._waiter = None
        self._head = None
        self._method = None
        self._reader = None
        self._write_paused = False
        self._drain_waiters = []
        self._reading_paused = False
        self._lost_hooks = []
        self._read_timeout = None
        self._read_handle = None
        self._parser = MessageParser(parse_response, self._on_head)

    def connection_made(self, transport):
        self.transport = transport
        sock = transport.get_extra_info("socket")
        if sock is not None and hasattr(sock, "setsockopt"):
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError:
                pass

    def connection_lost(self, exception):
        self.lost = True
        self._cancel_read_timeout()
        self._exception = exception
        self._parser.feed_eof(ClientPayloadError("Response payload is not completed")
                              if exception is None and self._parser._body != "eof" else exception)
        self._wake()
        for waiter in self._drain_waiters:
            if not waiter.done():
                waiter.set_exception(ClientConnectionResetError("Connection lost"))
        self._drain_waiters.clear()
        for hook in self._lost_hooks:
            hook(exception)

    def data_received(self, data):
        self._set_read_timeout()
        try:
            self._parser.feed(data)
        except BadHttpMessage as failure:
            self._exception = failure
            self._parser.feed_eof(ClientPayloadError(f"Response payload is not completed: {failure!r}"))
            self.close()
            self._wake()

    def eof_received(self):
        self._parser.feed_eof()

    def pause_writing(self):
        self._write_paused = True

    def resume_writing(self):
        self._write_paused = False
        for waiter in self._drain_waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._drain_waiters.clear()

    def pause_body(self):
        if not self._reading_paused and not self.lost:
            self._reading_paused = True
            try:
                self.transport.pause_reading()
            except RuntimeError:
                pass

    def resume_body(self):
        if self._reading_paused and not self.lost:
            self._reading_paused = False
            try:
                self.transport.resume_reading()
            except RuntimeError:
                pass

    def _wake(self):
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    # --- time

    def begin(self, method, read_timeout):
        self._method = method
        self._head = None
        self._read_timeout = read_timeout
        self._set_read_timeout()

    def _set_read_timeout(self):
        self._cancel_read_timeout()
        if self._read_timeout:
            self._read_handle = self.loop.call_later(self._read_timeout, self._read_too_slow)

    def _cancel_read_timeout(self):
        if self._read_handle is not None:
            self._read_handle.cancel()
            self._read_handle = None

    def _read_too_slow(self):
        self._exception = SocketTimeoutError("Timeout on reading data from socket")
        self._parser.feed_eof(self._exception)
        self._wake()

    # --- messages

    def _on_head(self, head):
        if self._waiter is None and self._head is not None or self._method is None:
            raise BadHttpMessage("a response that nobody asked for")
        status = head[2]
        if 100 <= status < 200 and status != 101:
            # Something before the response.
            return 0, EMPTY_PAYLOAD
        headers = CIMultiDict(head[4])
        body = "eof"
        if self._method == "HEAD" or status in (101, 204, 304):
            body = 0
        elif "chunked" in headers.get("Transfer-Encoding", "").lower():
            body = "chunked"
        elif "Content-Length" in headers:
            try:
                body = int(headers["Content-Length"])
            except ValueError:
                raise BadHttpMessage("Content-Length is no number") from None
        reader = EMPTY_PAYLOAD if body == 0 else StreamReader(self)
        self._head = (head, headers, reader, body == "eof")
        self._wake()
        return body, reader

    async def response_head(self):
        """Waits for the head of the response."""
        while self._head is None:
            if self._exception is not None:
                if isinstance(self._exception, BadHttpMessage):
                    raise self._exception
                if isinstance(self._exception, ClientError):
                    raise self._exception
                raise ClientOSError(self._exception.errno, self._exception.strerror) from self._exception \
                    if isinstance(self._exception, OSError) else ServerDisconnectedError()
            if self.lost:
                raise ServerDisconnectedError()
            self._waiter = self.loop.create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self._head

    def upgrade(self, receiver, on_lost):
        self._cancel_read_timeout()
        self._read_timeout = None
        self._lost_hooks.append(on_lost)
        self._parser.upgrade(receiver)

    def write(self, data):
        if self.lost or self.transport.is_closing():
            raise ClientConnectionResetError("Cannot write to closing transport")
        self.transport.write(data)

    async def drain(self):
        if self._write_paused:
            if self.lost:
                raise ClientConnectionResetError("Connection lost")
            waiter = self.loop.create_future()
            self._drain_waiters.append(waiter)
            await waiter

    def close(self):
        self._cancel_read_timeout()
        if self.transport is not None:
            self.transport.close()


class BaseConnector:
    """Makes connections and keeps those that may be used again."""

    def __init__(self, *, keepalive_timeout=15.0, force_close=False, limit=100, limit_per_host=0, **others):
        self._idle = {}
        self._all = set()
        self._waiters = []
        self._closed = False
        self._keepalive_timeout = keepalive_timeout
        self._force_close = force_close
        self._limit = limit
        self._limit_per_host = limit_per_host
        self._used = {}

    @property
    def closed(self):
        return self._closed

    @property
    def limit(self):
        return self._limit

    @property
    def limit_per_host(self):
        return self._limit_per_host

    @property
    def force_close(self):
        return self._force_close

    def _available(self, key):
        return ((not self._limit or sum(self._used.values()) < self._limit)
                and (not self._limit_per_host or self._used.get(key, 0) < self._limit_per_host))

    async def connect(self, key, timeout):
        loop = asyncio.get_running_loop()
        while not self._available(key):
            waiter = loop.create_future()
            self._waiters.append(waiter)
            try:
                await waiter
            finally:
                if waiter in self._waiters:
                    self._waiters.remove(waiter)
        self._used[key] = self._used.get(key, 0) + 1
        try:
            idle = self._idle.get(key)
            while idle:
                connection, since = idle.pop()
                if not connection.lost and not connection.transport.is_closing() \
                        and loop.time() - since < self._keepalive_timeout:
                    return connection
                connection.close()
            connection = await self._create(loop, key, timeout)
        except BaseException:
            self._unuse(key)
            raise
        self._all.add(connection)
        return connection

    def _unuse(self, key):
        self._used[key] -= 1
        if not self._used[key]:
            del self._used[key]
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
                break

    def release(self, connection, keep):
        """A request is done with the connection."""
        if keep and not self._force_close and not self._closed and not connection.lost:
            connection._cancel_read_timeout()
            connection._read_timeout = None
            connection._method = None
            connection._head = None
            self._idle.setdefault(connection.key, []).append((connection, connection.loop.time()))
        else:
            connection.close()
            self._all.discard(connection)
        self._unuse(connection.key)

    async def close(self):
        self._close()

    def _close(self):
        self._closed = True
        for connection in self._all:
            connection.close()
        self._all.clear()
        self._idle.clear()


class TCPConnector(BaseConnector):
    """Connections by TCP, with TLS where the URL asks for it."""

    def __init__(self, *, verify_ssl=True, fingerprint=None, use_dns_cache=True, ttl_dns_cache=10, family=0,
                 ssl_context=None, ssl=True, local_addr=None, resolver=None, enable_cleanup_closed=False, loop=None,
                 happy_eyeballs_delay=0.25, interleave=None, **kwargs):
        super().__init__(**kwargs)
        self._family = family
        self._local_addr = local_addr
        self._ssl = ssl_context if ssl_context is not None else (ssl if verify_ssl else False)

    def _context(self, key):
        if not key.is_ssl:
            return None
        import ssl
        asked = key.ssl if key.ssl is not True else self._ssl
        if isinstance(asked, ssl.SSLContext):
            return asked
        if asked is False:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            return context
        return ssl.create_default_context()

    async def _create(self, loop, key, timeout):
        context = self._context(key)
        options = {"ssl": context, "server_hostname": key.host.rstrip(".")} if context else {}
        try:
            async with asyncio.timeout(timeout.sock_connect):
                _, connection = await loop.create_connection(
                    lambda: _Connection(loop, key), key.host, key.port, family=self._family,
                    local_addr=self._local_addr, **options)
        except asyncio.TimeoutError as failure:
            raise ConnectionTimeoutError(f"Connection timeout to host {key.host}:{key.port}") from failure
        except socket.gaierror as failure:
            raise ClientConnectorDNSError(key, failure) from failure
        except OSError as failure:
            if type(failure).__module__ in ("ssl", "_ssl"):
                certificate = type(failure).__name__ == "SSLCertVerificationError"
                raise (ClientConnectorCertificateError if certificate else ClientConnectorSSLError)(key, failure) \
                    from failure
            raise ClientConnectorError(key, failure) from failure
        return connection


class UnixConnector(BaseConnector):
    """Connections to a local socket."""

    def __init__(self, path, force_close=False, keepalive_timeout=15.0, limit=100, limit_per_host=0, loop=None):
        super().__init__(force_close=force_close, keepalive_timeout=keepalive_timeout, limit=limit,
                         limit_per_host=limit_per_host)
        self._path = path

    @property
    def path(self):
        return self._path

    async def _create(self, loop, key, timeout):
        try:
            async with asyncio.timeout(timeout.sock_connect):
                _, connection = await loop.create_unix_connection(lambda: _Connection(loop, key), self._path)
        except OSError as failure:
            raise ClientConnectorError(key, failure) from failure
        return connection


class ClientResponse(ContentHeaders):
    """A response."""

    def __init__(self, method, url, connection, connector, head, request_info):
        parsed, headers, content, until_eof = head
        self.method = method
        self._url = url
        self.version = HttpVersion11 if parsed[1] else HttpVersion10
        self.status = parsed[2]
        self.reason = parsed[3]
        self._headers = CIMultiDictProxy(headers)
        self._raw_headers = tuple((name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in parsed[4])
        self.content = content
        self._request_info = request_info
        self._history = ()
        self._body = None
        self._connection = connection
        self._connector = connector
        tokens = headers.get("Connection", "").lower()
        self._keep = not until_eof and ("close" not in tokens if parsed[1] else "keep-alive" in tokens)
        self._cookies = None
        self._closed = False
        self._timer = None
        if self.status != 101:
            content.on_eof(self._at_end)

    def __repr__(self):
        return f"<ClientResponse({self._url}) [{self.status} {self.reason}]>\n{self._headers}\n"

    def _at_end(self):
        if self._connection is not None:
            connection, self._connection = self._connection, None
            self._connector.release(connection, self._keep)
        self._closed = True

    def __del__(self):
        if self._connection is not None:
            self._connector.release(self._connection, False)
            self._connection = None

    @property
    def url(self):
        return self._url

    @property
    def real_url(self):
        return self._url

    @property
    def host(self):
        return self._url.host

    @property
    def headers(self):
        return self._headers

    @property
    def raw_headers(self):
        return self._raw_headers

    @property
    def request_info(self):
        return self._request_info

    @property
    def history(self):
        return self._history

    @property
    def ok(self):
        """Returns ``True`` if ``status`` is less than ``400``, ``False`` if not."""
        return self.status < 400

    @property
    def closed(self):
        return self._closed

    @property
    def connection(self):
        return self._connection

    @property
    def cookies(self):
        if self._cookies is None:
            self._cookies = SimpleCookie()
            for header in self._headers.getall("Set-Cookie", ()):
                self._cookies.load(header)
        return self._cookies

    @property
    def content_disposition(self):
        from aiohttp._multipart import parse_disposition
        header = self._headers.get("Content-Disposition")
        if header is None:
            return None
        kind, params = parse_disposition(header)
        return namedtuple("ContentDisposition", ["type", "parameters", "filename"])(
            kind, MappingProxyType(params), params.get("filename"))

    async def read(self):
        """The body as bytes."""
        if self._body is None:
            try:
                async with asyncio.timeout_at(self._timer):
                    self._body = await self.content.read()
            except BaseException:
                self.close()
                raise
        elif self._closed and self._body is None:
            raise ClientConnectionError("Connection closed")
        return self._body

    def get_encoding(self):
        """The charset of the body."""
        charset = self.charset
        if charset is not None:
            try:
                "".encode(charset)
                return charset
            except LookupError:
                pass
        return "utf-8"

    async def text(self, encoding=None, errors="strict"):
        """The body as text."""
        return (await self.read()).decode(encoding or self.get_encoding(), errors)

    async def json(self, *, encoding=None, loads=json.loads, content_type="application/json"):
        """The body as JSON."""
        body = await self.read()
        if content_type:
            kind = self.content_type
            is_json = kind == content_type or content_type == "application/json" and kind.endswith("+json")
            if not is_json:
                raise ContentTypeError(
                    self._request_info, self._history, status=self.status,
                    message=f"Attempt to decode JSON with unexpected mimetype: {self._headers.get('Content-Type', '')}",
                    headers=self._headers)
        text = body.decode(encoding or self.get_encoding()).strip()
        return loads(text) if text else None

    def raise_for_status(self):
        """Raises when the status is an error."""
        if not self.ok:
            self.release()
            raise ClientResponseError(self._request_info, self._history, status=self.status, message=self.reason,
                                      headers=self._headers)

    def release(self):
        """Done with the response, whether its body was read or not."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            self._connector.release(connection, False)
        self._closed = True
        return _noop()

    def close(self):
        self._keep = False
        self.release()

    async def wait_for_close(self):
        self.release()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_info):
        self.release()


class _Noop:
    def __await__(self):
        return iter(())


_noop = _Noop


class ClientWebSocketResponse(WebSocketBase):
    """WebSocket on the side of a client."""

    _masks = True

    def __init__(self, response, protocol, **options):
        self._response = response
        self._ws_protocol = response.headers.get("Sec-WebSocket-Protocol")
        self._begin(protocol, **options)

    @property
    def protocol(self):
        return self._ws_protocol

    async def close(self, *, code=WSCloseCode.OK, message=b""):
        try:
            return await super().close(code=code, message=message)
        finally:
            self._response.close()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_info):
        await self.close()


class _RequestContextManager:
    """What session.get() and its kin give: to be awaited, or for `async with`."""

    def __init__(self, coroutine):
        self._coroutine = coroutine
        self._result = None

    def __await__(self):
        return self._coroutine.__await__()

    __iter__ = __await__

    def send(self, value):
        return self._coroutine.send(value)

    def throw(self, *args):
        return self._coroutine.throw(*args)

    def close(self):
        return self._coroutine.close()

    async def __aenter__(self):
        self._result = await self._coroutine
        return await self._result.__aenter__()

    async def __aexit__(self, *exc_info):
        await self._result.__aexit__(*exc_info)


class ClientSession:
    """First-class interface for making HTTP requests."""

    def __init__(self, base_url=None, *, connector=None, loop=None, cookies=None, headers=None, skip_auto_headers=None,
                 auth=None, json_serialize=json.dumps, request_class=None, response_class=ClientResponse,
                 ws_response_class=ClientWebSocketResponse, version=HttpVersion11, cookie_jar=None, connector_owner=True,
                 raise_for_status=False, read_timeout=_UNSET, conn_timeout=None, timeout=_UNSET, auto_decompress=True,
                 trust_env=False, requote_redirect_url=True, trace_configs=None, read_bufsize=2 ** 16, **others):
        self._loop = loop or asyncio.get_running_loop()
        self._base_url = None if base_url is None else URL(base_url)
        self._connector = connector or TCPConnector()
        self._connector_owner = connector_owner
        self._cookie_jar = CookieJar() if cookie_jar is None else cookie_jar
        if cookies:
            self._cookie_jar.update_cookies(cookies)
        self._default_headers = CIMultiDict(headers or ())
        self._skip = {name.lower() for name in skip_auto_headers or ()}
        self._default_auth = auth
        self._json_serialize = json_serialize
        self._raise_for_status = raise_for_status
        self._timeout = self._as_timeout(timeout, DEFAULT_TIMEOUT)
        self._version = version
        self._source_traceback = None

    @staticmethod
    def _as_timeout(timeout, default):
        if timeout is _UNSET or timeout is None and default is None:
            return default
        if timeout is None:
            return ClientTimeout()
        return timeout if isinstance(timeout, ClientTimeout) else ClientTimeout(total=timeout)

    def __del__(self):
        if not self.closed:
            try:
                warnings.warn(f"Unclosed client session {self!r}", ResourceWarning, source=self)
                context = {"client_session": self, "message": "Unclosed client session"}
                self._loop.call_exception_handler(context)
                self._connector._close()
            except Exception:
                # At the end of the program nothing is left to tell.
                pass

    # --- what the session has

    @property
    def closed(self):
        return self._connector is None or self._connector.closed

    @property
    def connector(self):
        return self._connector

    @property
    def cookie_jar(self):
        return self._cookie_jar

    @property
    def headers(self):
        return self._default_headers

    @property
    def timeout(self):
        return self._timeout

    @property
    def loop(self):
        return self._loop

    @property
    def auth(self):
        return self._default_auth

    # --- requests

    def request(self, method, url, **kwargs):
        """Perform HTTP request."""
        return _RequestContextManager(self._request(method, url, **kwargs))

    def get(self, url, *, allow_redirects=True, **kwargs):
        """Perform HTTP GET request."""
        return self.request("GET", url, allow_redirects=allow_redirects, **kwargs)

    def options(self, url, *, allow_redirects=True, **kwargs):
        """Perform HTTP OPTIONS request."""
        return self.request("OPTIONS", url, allow_redirects=allow_redirects, **kwargs)

    def head(self, url, *, allow_redirects=False, **kwargs):
        """Perform HTTP HEAD request."""
        return self.request("HEAD", url, allow_redirects=allow_redirects, **kwargs)

    def post(self, url, *, data=None, **kwargs):
        """Perform HTTP POST request."""
        return self.request("POST", url, data=data, **kwargs)

    def put(self, url, *, data=None, **kwargs):
        """Perform HTTP PUT request."""
        return self.request("PUT", url, data=data, **kwargs)

    def patch(self, url, *, data=None, **kwargs):
        """Perform HTTP PATCH request."""
        return self.request("PATCH", url, data=data, **kwargs)

    def delete(self, url, **kwargs):
        """Perform HTTP DELETE request."""
        return self.request("DELETE", url, **kwargs)

    def _build_url(self, str_or_url):
        url = URL(str_or_url)
        if self._base_url is None:
            return url
        return self._base_url.join(url)

    def _body_of(self, data, json_data, headers, chunked):
        """The bytes of a body, or an iterator of them; the headers that go with it are set."""
        if json_data is not None:
            if data is not None:
                raise ValueError("data and json parameters can not be used at the same time")
            headers.setdefault("Content-Type", "application/json")
            return self._json_serialize(json_data).encode("utf-8")
        if data is None:
            return None
        if isinstance(data, str):
            headers.setdefault("Content-Type", "text/plain; charset=utf-8")
            return data.encode("utf-8")
        if isinstance(data, (bytes, bytearray, memoryview)):
            headers.setdefault("Content-Type", "application/octet-stream")
            return bytes(data)
        if hasattr(data, "__aiter__") or hasattr(data, "__anext__"):
            headers.setdefault("Content-Type", "application/octet-stream")
            return data
        if hasattr(data, "read"):
            headers.setdefault("Content-Type", "application/octet-stream")
            content = data.read()
            return content.encode("utf-8") if isinstance(content, str) else content
        form = data if isinstance(data, FormData) else FormData(data)
        body, kind = form.encode()
        headers.setdefault("Content-Type", kind)
        return body

    async def _request(self, method, str_or_url, *, params=None, data=None, json=None, cookies=None, headers=None,
                       skip_auto_headers=None, auth=None, allow_redirects=True, max_redirects=10, compress=None,
                       chunked=None, expect100=False, raise_for_status=None, read_until_eof=True, proxy=None,
                       proxy_auth=None, timeout=_UNSET, verify_ssl=None, fingerprint=None, ssl_context=None, ssl=True,
                       server_hostname=None, proxy_headers=None, trace_request_ctx=None, read_bufsize=None,
                       auto_decompress=None, max_line_size=None, max_field_size=None, _upgrade=False, **others):
        if self.closed:
            raise RuntimeError("Session is closed")
        if verify_ssl is False:
            ssl = False
        if ssl_context is not None:
            ssl = ssl_context
        try:
            url = self._build_url(str_or_url)
            host = url.host
        except ValueError as failure:
            raise InvalidUrlClientError(str_or_url) from failure
        if url.scheme not in ("http", "https", "ws", "wss") or not host:
            if url.scheme not in ("", "http", "https", "ws", "wss"):
                raise NonHttpUrlClientError(url)
            raise InvalidUrlClientError(str_or_url)
        if params:
            url = url.extend_query(params)
        timeout = self._as_timeout(timeout, self._timeout)
        base_headers = CIMultiDict(self._default_headers)
        base_headers.update(headers or ())
        body = self._body_of(data, json, base_headers, chunked)
        method = method.upper()
        history = []
        seconds = timeout.total if timeout.total and timeout.total > 0 else None
        deadline = None if seconds is None else self._loop.time() + seconds
        # The error of a request that ran out of time is plain TimeoutError.
        async with asyncio.timeout_at(deadline):
            while True:
                response = await self._send(method, url, base_headers, body, cookies, auth, timeout, ssl, chunked)
                self._cookie_jar.update_cookies_from_headers(response.headers.getall("Set-Cookie", ()), url)
                location = response.headers.get("Location") or response.headers.get("URI")
                if response.status not in (301, 302, 303, 307, 308) or not allow_redirects or location is None:
                    break
                history.append(response)
                if max_redirects and len(history) >= max_redirects:
                    response.close()
                    raise TooManyRedirects(history[0].request_info, tuple(history))
                if response.status == 303 and method != "HEAD" or response.status in (301, 302) and method == "POST":
                    method, body = "GET", None
                    for name in ("Content-Length", "Content-Type", "Transfer-Encoding"):
                        base_headers.pop(name, None)
                await response.read()
                target = url.join(URL(location))
                if target.scheme not in ("http", "https", ""):
                    raise NonHttpUrlClientError(target)
                if target.origin() != url.origin():
                    # What proves who we are is not for others.
                    base_headers.pop("Authorization", None)
                    auth = None
                url = target
        response._history = tuple(history)
        response._timer = deadline
        check = self._raise_for_status if raise_for_status is None else raise_for_status
        if check and not _upgrade:
            if callable(check):
                await check(response)
            else:
                response.raise_for_status()
        return response

    def _head_of(self, method, url, base_headers, body, cookies, auth, chunked):
        headers = CIMultiDict()
        host = url.host if ":" not in url.host else f"[{url.host}]"
        headers["Host"] = host if url.is_default_port() else f"{host}:{url.port}"
        if url.user is not None and auth is None:
            auth = BasicAuth(url.user, url.password or "")
        for name, value in (("Accept", "*/*"), ("Accept-Encoding", "identity"), ("User-Agent", USER_AGENT)):
            if name.lower() not in self._skip:
                headers[name] = value
        headers.update(base_headers)
        jar = self._cookie_jar.filter_cookies(url)
        pairs = {name: morsel.coded_value for name, morsel in jar.items()}
        pairs.update((name, str(getattr(value, "value", value))) for name, value in dict(cookies or {}).items())
        if pairs and "Cookie" not in base_headers:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in pairs.items())
        auth = auth or self._default_auth
        if auth is not None and "Authorization" not in headers:
            headers["Authorization"] = auth.encode()
        if isinstance(body, bytes) and not chunked:
            headers["Content-Length"] = str(len(body))
        elif body is not None:
            headers["Transfer-Encoding"] = "chunked"
        elif method in ("POST", "PUT", "PATCH"):
            headers["Content-Length"] = "0"
            headers.setdefault("Content-Type", "application/octet-stream")
        return headers

    async def _send(self, method, url, base_headers, body, cookies, auth, timeout, ssl, chunked):
        headers = self._head_of(method, url, base_headers, body, cookies, auth, chunked)
        for name, value in headers.items():
            if "\r" in f"{name}{value}" or "\n" in f"{name}{value}":
                raise ValueError("Newline or carriage return detected in headers. Potential header injection attack.")
        info = RequestInfo(url.with_fragment(None), method, CIMultiDictProxy(headers), url)
        key = ConnectionKey(url.host, url.port, url.scheme in ("https", "wss"), ssl)
        target = url.raw_path_qs or "/"
        lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")
        for attempt in (1, 2):
            try:
                async with asyncio.timeout(timeout.connect or None):
                    connection = await self._connector.connect(key, timeout)
            except ClientError:
                raise
            except asyncio.TimeoutError as failure:
                if timeout.connect:
                    raise ConnectionTimeoutError(f"Connection timeout to host {url}") from failure
                raise
            reused = connection._parser._buffer == b"" and getattr(connection, "requests", 0) > 0
            connection.requests = getattr(connection, "requests", 0) + 1
            try:
                connection.begin(method, timeout.sock_read)
                sending = None
                if isinstance(body, bytes) and not chunked:
                    connection.write(head + body)
                    await connection.drain()
                elif body is None:
                    connection.write(head)
                else:
                    connection.write(head)
                    sending = asyncio.ensure_future(self._send_chunks(connection, body))
                try:
                    got = await connection.response_head()
                finally:
                    if sending is not None and not sending.done() and connection.lost:
                        sending.cancel()
                return ClientResponse(method, url, connection, self._connector, got, info)
            except BadHttpMessage as failure:
                self._connector.release(connection, False)
                raise ClientResponseError(info, (), status=400, message=str(failure)) from failure
            except (ServerDisconnectedError, ClientOSError, ClientConnectionResetError):
                self._connector.release(connection, False)
                # The server ended a kept connection just when it was used again: once more, where that is harmless.
                if reused and attempt == 1 and method in ("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"):
                    continue
                raise
            except BaseException:
                self._connector.release(connection, False)
                raise

    async def _send_chunks(self, connection, body):
        if isinstance(body, bytes):
            pieces = [body]
        else:
            pieces = body
        if hasattr(pieces, "__aiter__"):
            async for piece in pieces:
                await self._send_chunk(connection, piece)
        else:
            for piece in pieces:
                await self._send_chunk(connection, piece)
        connection.write(b"0\r\n\r\n")

    async def _send_chunk(self, connection, piece):
        if isinstance(piece, str):
            piece = piece.encode()
        if piece:
            connection.write(b"%x\r\n%b\r\n" % (len(piece), bytes(piece)))
            await connection.drain()

    # --- WebSocket

    def ws_connect(self, url, **kwargs):
        """Initiate websocket connection."""
        return _RequestContextManager(self._ws_connect(url, **kwargs))

    async def _ws_connect(self, url, *, method="GET", protocols=(), timeout=10.0, receive_timeout=None, autoclose=True,
                          autoping=True, heartbeat=None, auth=None, origin=None, params=None, headers=None, proxy=None,
                          proxy_auth=None, ssl=True, verify_ssl=None, fingerprint=None, ssl_context=None,
                          server_hostname=None, proxy_headers=None, compress=0, max_msg_size=MAX_MESSAGE):
        from base64 import b64encode
        if isinstance(timeout, ClientWSTimeout):
            receive_timeout = timeout.ws_receive if receive_timeout is None else receive_timeout
            timeout = timeout.ws_close
        key = b64encode(os.urandom(16)).decode()
        asked = CIMultiDict(headers or ())
        asked.update({"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
                      "Sec-WebSocket-Key": key})
        if protocols:
            asked["Sec-WebSocket-Protocol"] = ",".join(protocols)
        if origin is not None:
            asked["Origin"] = origin
        response = await self._request(method, url, headers=asked, params=params, auth=auth, ssl=ssl,
                                       verify_ssl=verify_ssl, ssl_context=ssl_context, _upgrade=True)

        def refuse(message):
            response.close()
            raise WSServerHandshakeError(response.request_info, response.history, message=message, status=response.status,
                                         headers=response.headers)

        if response.status != 101:
            refuse("Invalid response status")
        if response.headers.get("Upgrade", "").lower() != "websocket":
            refuse("Invalid upgrade header")
        if "upgrade" not in response.headers.get("Connection", "").lower():
            refuse("Invalid connection header")
        if response.headers.get("Sec-WebSocket-Accept", "") != accept_key(key):
            refuse("Invalid challenge response")
        return ClientWebSocketResponse(
            response, response._connection, timeout=timeout, receive_timeout=receive_timeout, autoclose=autoclose,
            autoping=autoping, heartbeat=heartbeat, max_msg_size=max_msg_size)

    # --- the end

    async def close(self):
        """Close underlying connector."""
        if not self.closed:
            if self._connector_owner:
                await self._connector.close()
            self._connector = None

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_info):
        await self.close()

    def __enter__(self):
        raise TypeError("Use async with instead")

    def __exit__(self, *exc_info):
        pass


class _SessionRequestContextManager:
    def __init__(self, coroutine, session):
        self._coroutine = coroutine
        self._session = session
        self._response = None

    def __await__(self):
        return self._begin().__await__()

    async def _begin(self):
        try:
            return await self._coroutine
        finally:
            await self._session.close()

    async def __aenter__(self):
        try:
            self._response = await self._coroutine
        except BaseException:
            await self._session.close()
            raise
        return self._response

    async def __aexit__(self, *exc_info):
        self._response.release()
        await self._session.close()


def request(method, url, *, connector=None, loop=None, version=HttpVersion11, **kwargs):
    """Constructs and sends a request: a session for it alone."""
    session = ClientSession(connector=connector)
    return _SessionRequestContextManager(session._request(method, url, **kwargs), session)
