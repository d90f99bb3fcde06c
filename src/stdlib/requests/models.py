"""Requests and responses.

A `Request` is what a program says; `prepare()` makes of it what is sent: the URL with its parameters, the headers, the body as
bytes. A `Response` reads its body when it is asked for, or at once unless it is streamed.
Source: Requests' documentation, "Developer Interface".
"""

import datetime
import json as jsonlib
import os
from email.message import Message
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.parse import quote, unquote, urlencode, urlsplit, urlunsplit

from requests.auth import HTTPBasicAuth
from requests.cookies import RequestsCookieJar, cookiejar_from_dict
from requests.exceptions import (
    ChunkedEncodingError, ConnectionError, HTTPError, InvalidHeader, InvalidJSONError, InvalidURL, JSONDecodeError,
    MissingSchema, ReadTimeout, StreamConsumedError,
)
from requests.structures import CaseInsensitiveDict

REDIRECT_STATI = (301, 302, 303, 307, 308)
DEFAULT_REDIRECT_LIMIT = 30
CONTENT_CHUNK_SIZE = 10 * 1024
ITER_CHUNK_SIZE = 512

_SAFE = "!#$%&'()*+,/:;=?@[]~"


def _pairs(data):
    """The names and values of a dict or a list, lists of values taken apart."""
    pairs = []
    for name, values in data.items() if hasattr(data, "items") else data:
        if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
            values = [values]
        pairs += [(name, value) for value in values if value is not None]
    return pairs


def _encode_params(data):
    if isinstance(data, (str, bytes)):
        return data
    return urlencode(_pairs(data))


def _encode_files(files, data):
    """A body of several parts, and its type."""
    boundary = os.urandom(16).hex()
    parts = []
    for name, value in _pairs(data or {}):
        value = value if isinstance(value, bytes) else str(value).encode()
        parts += [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode(), value, b"\r\n"]
    for name, value in files.items() if hasattr(files, "items") else files:
        headers = {}
        content_type = None
        if isinstance(value, (tuple, list)):
            filename, file, *more = value
            content_type = more[0] if more else None
            headers = more[1] if len(more) > 1 else {}
        else:
            file = value
            filename = getattr(value, "name", None)
            filename = os.path.basename(filename) if isinstance(filename, str) else name
        content = file.read() if hasattr(file, "read") else file
        content = content.encode() if isinstance(content, str) else content
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
        if filename:
            head += f'; filename="{filename}"'
        head += "\r\n"
        if content_type:
            head += f"Content-Type: {content_type}\r\n"
        head += "".join(f"{key}: {item}\r\n" for key, item in headers.items())
        parts += [(head + "\r\n").encode(), content, b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


class Request:
    """A user-created Request object."""

    def __init__(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None, cookies=None,
                 hooks=None, json=None):
        self.method = method
        self.url = url
        self.headers = {} if headers is None else headers
        self.files = [] if files is None else files
        self.data = [] if data is None else data
        self.params = {} if params is None else params
        self.auth = auth
        self.cookies = cookies
        self.json = json
        self.hooks = {"response": []}
        for event, hook in (hooks or {}).items():
            self.hooks[event] = list(hook) if isinstance(hook, (list, tuple)) else [hook]

    def __repr__(self):
        return f"<Request [{self.method}]>"

    def prepare(self):
        """Constructs a PreparedRequest for transmission and returns it."""
        prepared = PreparedRequest()
        prepared.prepare(method=self.method, url=self.url, headers=self.headers, files=self.files, data=self.data,
                         json=self.json, params=self.params, auth=self.auth, cookies=self.cookies, hooks=self.hooks)
        return prepared


class PreparedRequest:
    """The fully mutable PreparedRequest object, containing the exact bytes that will be sent to the server."""

    def __init__(self):
        self.method = self.url = self.headers = self._cookies = self.body = None
        self.hooks = {"response": []}

    def prepare(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None, cookies=None,
                hooks=None, json=None):
        """Prepares the entire request with the given parameters."""
        self.method = method.upper() if method is not None else None
        self.prepare_url(url, params)
        self.prepare_headers(headers)
        self.prepare_cookies(cookies)
        self.prepare_body(data, files, json)
        self.prepare_auth(auth, url)
        self.hooks = hooks or {"response": []}

    def __repr__(self):
        return f"<PreparedRequest [{self.method}]>"

    def copy(self):
        new = PreparedRequest()
        new.method, new.url, new.body, new.hooks = self.method, self.url, self.body, self.hooks
        new.headers = self.headers.copy() if self.headers is not None else None
        new._cookies = self._cookies.copy() if self._cookies is not None else None
        return new

    def prepare_url(self, url, params):
        """Prepares the given HTTP URL."""
        url = url.decode("utf8") if isinstance(url, bytes) else str(url)
        url = url.lstrip()
        if ":" in url and not url.lower().startswith("http"):
            # Of a URL of another kind nothing is known.
            self.url = url
            return
        try:
            parts = urlsplit(url)
            host = parts.hostname
            parts.port
        except ValueError as failure:
            raise InvalidURL(f"Failed to parse: {url}", *failure.args[1:]) from None
        if not parts.scheme:
            raise MissingSchema(f"Invalid URL {url!r}: No scheme supplied. Perhaps you meant https://{url}?")
        if not host:
            raise InvalidURL(f"Invalid URL {url!r}: No host supplied")
        netloc = parts.netloc
        if not netloc.isascii():
            from _http import host_to_ascii
            netloc = host_to_ascii(netloc)
        elif host.startswith(("*", ".")):
            raise InvalidURL("URL has an invalid label.")
        query = parts.query
        more = _encode_params(params or {})
        more = more.decode() if isinstance(more, bytes) else more
        if more:
            query = f"{query}&{more}" if query else more
        self.url = urlunsplit((parts.scheme, netloc, quote(parts.path or "/", safe=_SAFE), quote(query, safe=_SAFE),
                               quote(parts.fragment, safe=_SAFE)))

    def prepare_headers(self, headers):
        """Prepares the given HTTP headers."""
        self.headers = CaseInsensitiveDict()
        for name, value in (headers or {}).items():
            for part in (name, value):
                if not isinstance(part, (str, bytes)):
                    raise InvalidHeader(f"Header part ({part!r}) from ({name!r}, {value!r}) must be of type str or bytes, "
                                        f"not {type(part)}")
                text = part if isinstance(part, str) else part.decode("latin-1")
                if "\n" in text or "\r" in text or text[:1].isspace():
                    raise InvalidHeader("Invalid leading whitespace, reserved character(s), or return character(s) in "
                                        f"header {'name' if part is name else 'value'}: {part!r}")
            self.headers[name if isinstance(name, str) else name.decode("ascii")] = value

    def prepare_body(self, data, files, json=None):
        """Prepares the given HTTP body data."""
        body = content_type = None
        if not data and json is not None:
            content_type = "application/json"
            try:
                body = jsonlib.dumps(json, allow_nan=False)
            except ValueError as failure:
                raise InvalidJSONError(failure, request=self) from None
            body = body.encode("utf-8")
        is_stream = hasattr(data, "__iter__") and not isinstance(data, (str, bytes, list, tuple, dict)) \
            and not hasattr(data, "items")
        if is_stream:
            if files:
                raise NotImplementedError("Streamed bodies and files are mutually exclusive.")
            body = data
            if hasattr(data, "read"):
                body = data.read()
                body = body.encode() if isinstance(body, str) else body
            else:
                self.headers["Transfer-Encoding"] = "chunked"
        elif files:
            if isinstance(data, (str, bytes)):
                raise ValueError("Data must not be a string.")
            body, content_type = _encode_files(files, data)
        elif data:
            body = _encode_params(data)
            if not isinstance(data, (str, bytes)):
                content_type = "application/x-www-form-urlencoded"
        if content_type and "content-type" not in self.headers:
            self.headers["Content-Type"] = content_type
        self.body = body
        self.prepare_content_length(body)

    def prepare_content_length(self, body):
        """Prepare Content-Length header based on request method and body"""
        if isinstance(body, str):
            self.headers["Content-Length"] = str(len(body.encode("utf-8")))
        elif isinstance(body, (bytes, bytearray)):
            self.headers["Content-Length"] = str(len(body))
        elif body is None and self.method not in ("GET", "HEAD") and self.headers.get("Content-Length") is None:
            self.headers["Content-Length"] = "0"

    def prepare_auth(self, auth, url=""):
        """Prepares the given HTTP auth data."""
        if auth is None:
            parts = urlsplit(self.url)
            if parts.username:
                auth = (unquote(parts.username), unquote(parts.password or ""))
        if auth:
            if isinstance(auth, tuple) and len(auth) == 2:
                auth = HTTPBasicAuth(*auth)
            changed = auth(self)
            self.__dict__.update(changed.__dict__)
            self.prepare_content_length(self.body)

    def prepare_cookies(self, cookies):
        """Prepares the given HTTP cookie data."""
        self._cookies = cookies if isinstance(cookies, CookieJar) else cookiejar_from_dict(cookies)
        pairs = [f"{cookie.name}={cookie.value}" for cookie in self._cookies if self._is_for(cookie)]
        if pairs and "Cookie" not in self.headers:
            self.headers["Cookie"] = "; ".join(pairs)

    def _is_for(self, cookie):
        if not cookie.domain:
            return True
        policy = self._cookies._policy
        return policy.return_ok(cookie, _CookieRequest(self))

    @property
    def path_url(self):
        """Build the path URL to use."""
        parts = urlsplit(self.url)
        return (parts.path or "/") + ("?" + parts.query if parts.query else "")

    def register_hook(self, event, hook):
        self.hooks[event].append(hook)


class _CookieRequest:
    """A prepared request as the cookie jar wants to see it."""

    def __init__(self, request):
        self._request = request

    def get_full_url(self):
        return self._request.url

    def has_header(self, name):
        return name in self._request.headers


class Response:
    """A Response to an HTTP request."""

    def __init__(self):
        self._content = False
        self._content_consumed = False
        self.status_code = None
        self.headers = CaseInsensitiveDict()
        self.raw = None
        self.url = None
        self.encoding = None
        self.history = []
        self.reason = None
        self.cookies = RequestsCookieJar()
        self.elapsed = datetime.timedelta(0) if hasattr(datetime, "timedelta") else 0
        self.request = None
        self._next = None
        self._release = None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __repr__(self):
        return f"<Response [{self.status_code}]>"

    def __bool__(self):
        return self.ok

    def __iter__(self):
        return self.iter_content(128)

    @property
    def ok(self):
        """Returns True if :attr:`status_code` is less than 400, False if not."""
        try:
            self.raise_for_status()
        except HTTPError:
            return False
        return True

    @property
    def is_redirect(self):
        """True if this Response is a well-formed HTTP redirect that could have been processed automatically."""
        return "location" in self.headers and self.status_code in REDIRECT_STATI

    @property
    def is_permanent_redirect(self):
        """True if this Response one of the permanent versions of redirect."""
        return "location" in self.headers and self.status_code in (301, 308)

    @property
    def next(self):
        """Returns a PreparedRequest for the next request in a redirect chain, if there is one."""
        return self._next

    @property
    def apparent_encoding(self):
        """The encoding that the content seems to have."""
        try:
            self.content.decode("utf-8")
        except UnicodeDecodeError:
            return "ISO-8859-1"
        return "ascii" if self.content.isascii() else "utf-8"

    @property
    def links(self):
        """Returns the parsed header links of the response, if any."""
        import re
        found = {}
        for part in re.split(", *<", self.headers.get("link", "")):
            url, _, params = part.partition(";")
            link = {"url": url.strip("<> '\"")}
            for param in params.split(";"):
                name, equals, value = param.partition("=")
                if equals:
                    link[name.strip(" '\"")] = value.strip(" '\"")
            if link["url"]:
                found[link.get("rel") or link["url"]] = link
        return found

    def iter_content(self, chunk_size=1, decode_unicode=False):
        """Iterates over the response data."""
        if self._content_consumed and isinstance(self._content, bool):
            raise StreamConsumedError()
        if chunk_size is not None and not isinstance(chunk_size, int):
            raise TypeError(f"chunk_size must be an int, it is instead a {type(chunk_size)}.")
        chunks = self._stored(chunk_size) if self._content_consumed else self._received(chunk_size)
        return self._decoded(chunks) if decode_unicode and self.encoding else chunks

    def _stored(self, chunk_size):
        size = chunk_size or len(self._content) or 1
        for start in range(0, len(self._content), size):
            yield self._content[start:start + size]

    def _received(self, chunk_size):
        try:
            while True:
                # A piece of a chunked body is never put together of two chunks.
                whole = chunk_size is not None and not self.raw.chunked
                data = self.raw.read(chunk_size) if whole else self.raw.read1(-1 if chunk_size is None else chunk_size)
                if not data:
                    break
                yield data
        except TimeoutError as failure:
            raise ReadTimeout(f"{self._pool}: Read timed out.", request=self.request) from failure
        except HTTPException as failure:
            raise ChunkedEncodingError(f"Connection broken: {failure!r}", failure) from failure
        except OSError as failure:
            raise ConnectionError(failure, request=self.request) from failure
        self._content_consumed = True
        self._done()

    def _decoded(self, chunks):
        rest = b""
        for chunk in chunks:
            data = rest + chunk
            try:
                text, rest = data.decode(self.encoding), b""
            except UnicodeDecodeError as failure:
                if len(data) - failure.start > 4:
                    text, rest = data.decode(self.encoding, "replace"), b""
                else:
                    text, rest = data[:failure.start].decode(self.encoding), data[failure.start:]
            if text:
                yield text

    def iter_lines(self, chunk_size=ITER_CHUNK_SIZE, decode_unicode=False, delimiter=None):
        """Iterates over the response data, one line at a time."""
        pending = None
        for chunk in self.iter_content(chunk_size, decode_unicode):
            if pending is not None:
                chunk = pending + chunk
            lines = chunk.split(delimiter) if delimiter else chunk.splitlines()
            pending = lines.pop() if lines and lines[-1] and chunk and lines[-1][-1] == chunk[-1] else None
            yield from lines
        if pending is not None:
            yield pending

    @property
    def content(self):
        """Content of the response, in bytes."""
        if self._content is False:
            if self._content_consumed:
                raise RuntimeError("The content for this response was already consumed")
            if self.status_code == 0 or self.raw is None:
                self._content = None
            else:
                self._content = b"".join(self.iter_content(CONTENT_CHUNK_SIZE)) or b""
        self._content_consumed = True
        return self._content

    @property
    def text(self):
        """Content of the response, in unicode."""
        if not self.content:
            return ""
        encoding = self.encoding or self.apparent_encoding
        try:
            return str(self.content, encoding, errors="replace")
        except (LookupError, TypeError):
            return str(self.content, errors="replace")

    def json(self, **kwargs):
        """Decodes the JSON response body (if any) as a Python object."""
        text = self.text if self.encoding else (self.content or b"").decode("utf-8-sig", "replace")
        try:
            return jsonlib.loads(text, **kwargs)
        except jsonlib.JSONDecodeError as failure:
            raise JSONDecodeError(failure.msg, failure.doc, failure.pos) from None

    def raise_for_status(self):
        """Raises :class:`HTTPError`, if one occurred."""
        reason = self.reason.decode("utf-8", "replace") if isinstance(self.reason, bytes) else self.reason
        if 400 <= self.status_code < 500:
            raise HTTPError(f"{self.status_code} Client Error: {reason} for url: {self.url}", response=self)
        if 500 <= self.status_code < 600:
            raise HTTPError(f"{self.status_code} Server Error: {reason} for url: {self.url}", response=self)

    def _done(self):
        release, self._release = self._release, None
        if release is not None:
            release(True)

    def close(self):
        """Releases the connection back to the pool."""
        release, self._release = self._release, None
        if release is not None:
            release(False)


def encoding_from_headers(headers):
    """Returns encodings from given HTTP Header Dict."""
    value = headers.get("content-type")
    if not value:
        return None
    message = Message()
    message["Content-Type"] = value
    charset = message.get_param("charset")
    if charset is not None:
        return charset.strip("'\"")
    kind = message.get_content_type()
    if kind.startswith("text/"):
        return "ISO-8859-1"
    return "utf-8" if kind == "application/json" else None
