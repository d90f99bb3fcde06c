"""Responses that a server makes: whole ones, streams, files, JSON.

Source: aiohttp's documentation, "Web Server Reference", "Response classes".
"""

import datetime
import json
import mimetypes
import os
import sys
import time
from email.utils import formatdate
from http import HTTPStatus
from http.cookies import SimpleCookie

from multidict import CIMultiDict

from aiohttp._state import StateMapping

__all__ = ["ContentCoding", "StreamResponse", "Response", "FileResponse", "json_response"]

SERVER = "Python/%d.%d aiohttp/3.14.5" % sys.version_info[:2]
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class ContentCoding:
    """Names of encodings; bodies are sent as they are."""

    deflate = "deflate"
    gzip = "gzip"
    identity = "identity"


_date_text = ("", 0)


def _date():
    """The time for a header, made once a second."""
    global _date_text
    now = int(time.time())
    if _date_text[1] != now:
        _date_text = (formatdate(now, usegmt=True), now)
    return _date_text[0]


class StreamResponse(StateMapping):
    """A response whose body is written piece by piece."""

    _length_known = False

    def __init__(self, *, status=200, reason=None, headers=None):
        self._state = {}
        self._headers = headers if type(headers) is CIMultiDict else CIMultiDict(headers or ())
        self._cookies = None
        self._keep_alive = None
        self._chunked = False
        self._request = None
        self._protocol = None
        self._eof_sent = False
        self._body_length = 0
        self._silent = False
        self._set_status(status, reason)

    def _set_status(self, status, reason):
        self._status = int(status)
        self._reason = _PHRASES.get(self._status, "") if reason is None else reason
        if "\n" in self._reason or "\r" in self._reason:
            raise ValueError("Reason cannot contain \\n")

    def __repr__(self):
        if self._eof_sent:
            info = "eof"
        elif self.prepared:
            info = f"{self._request.method} {self._request.path} "
        else:
            info = "not prepared"
        return f"<{self.__class__.__name__} {self._reason} {info}>"

    # --- the head

    @property
    def prepared(self):
        return self._protocol is not None or self._eof_sent

    @property
    def task(self):
        return self._request.task if self._request is not None else None

    @property
    def status(self):
        return self._status

    @property
    def reason(self):
        return self._reason

    def set_status(self, status, reason=None):
        if self.prepared:
            raise RuntimeError("Cannot change the response status code after the headers have been sent")
        self._set_status(status, reason)

    @property
    def headers(self):
        return self._headers

    @property
    def chunked(self):
        return self._chunked

    @property
    def keep_alive(self):
        return self._keep_alive

    def force_close(self):
        self._keep_alive = False

    @property
    def body_length(self):
        return self._body_length

    def enable_chunked_encoding(self):
        self._chunked = True
        if "Content-Length" in self._headers:
            raise RuntimeError("You can't enable chunked encoding when a content length is set")

    def enable_compression(self, force=None):
        # Bodies are sent as they are, which every client understands.
        pass

    @property
    def cookies(self):
        if self._cookies is None:
            self._cookies = SimpleCookie()
        return self._cookies

    def set_cookie(self, name, value, *, expires=None, domain=None, max_age=None, path="/", secure=None, httponly=None,
                   version=None, samesite=None, partitioned=None):
        """Set or update response cookie."""
        cookies = self.cookies
        old = cookies.get(name)
        if old is not None and old.coded_value == "":
            cookies.pop(name, None)
        cookies[name] = value
        morsel = cookies[name]
        if expires is not None:
            morsel["expires"] = expires
        elif morsel.get("expires") == "Thu, 01 Jan 1970 00:00:00 GMT":
            morsel["expires"] = ""
        for key, item in (("domain", domain), ("path", path), ("secure", secure), ("httponly", httponly),
                          ("version", version), ("samesite", samesite)):
            if item is not None:
                morsel[key] = item
        if max_age is not None:
            morsel["max-age"] = str(max_age)

    def del_cookie(self, name, *, domain=None, path="/", secure=None, httponly=None, samesite=None):
        """Delete cookie."""
        self.cookies.pop(name, None)
        self.set_cookie(name, "", max_age=0, expires="Thu, 01 Jan 1970 00:00:00 GMT", domain=domain, path=path, secure=secure,
                        httponly=httponly, samesite=samesite)

    @property
    def content_length(self):
        length = self._headers.get("Content-Length")
        return None if length is None else int(length)

    @content_length.setter
    def content_length(self, value):
        if value is None:
            self._headers.pop("Content-Length", None)
            return
        if self._chunked:
            raise RuntimeError("You can't set content length when chunked encoding is enable")
        self._headers["Content-Length"] = str(int(value))

    def _type_parts(self):
        kind, *params = self._headers.get("Content-Type", "application/octet-stream").split(";")
        found = {}
        for param in params:
            name, _, value = param.partition("=")
            found[name.strip().lower()] = value.strip().strip('"')
        return kind.strip().lower(), found

    @property
    def content_type(self):
        return self._type_parts()[0]

    @content_type.setter
    def content_type(self, value):
        _, params = self._type_parts()
        self._set_type(str(value), params)

    @property
    def charset(self):
        return self._type_parts()[1].get("charset")

    @charset.setter
    def charset(self, value):
        kind, params = self._type_parts()
        if kind == "application/octet-stream":
            raise RuntimeError("Setting charset for application/octet-stream doesn't make sense, setup content_type before")
        params.pop("charset", None)
        if value is not None:
            params["charset"] = str(value).lower()
        self._set_type(kind, params)

    def _set_type(self, kind, params):
        self._headers["Content-Type"] = "; ".join([kind, *(f"{name}={value}" for name, value in params.items())])

    @property
    def last_modified(self):
        from email.utils import parsedate_to_datetime
        value = self._headers.get("Last-Modified")
        return None if value is None else parsedate_to_datetime(value).replace(tzinfo=datetime.timezone.utc)

    @last_modified.setter
    def last_modified(self, value):
        if value is None:
            self._headers.pop("Last-Modified", None)
        elif isinstance(value, (int, float)):
            self._headers["Last-Modified"] = formatdate(value, usegmt=True)
        elif isinstance(value, datetime.datetime):
            self._headers["Last-Modified"] = formatdate(value.timestamp(), usegmt=True)
        else:
            self._headers["Last-Modified"] = str(value)

    # --- sending

    async def prepare(self, request):
        """Sends the head."""
        if self._eof_sent:
            return None
        if self._protocol is not None:
            return self._protocol
        self._request = request
        await self._call_prepare_signal(request)
        protocol = request._protocol
        self._silent = request.method == "HEAD" or self._status in (204, 304) or 100 <= self._status < 200
        head = self._head(request)
        self._protocol = protocol
        self._send_head(head)
        return protocol

    async def _call_prepare_signal(self, request):
        info = getattr(request, "_match_info", None)
        if info is not None:
            for app in info.apps:
                await app.on_response_prepare.send(request, self)

    def _send_head(self, head):
        self._protocol.write(head)

    def _head(self, request):
        """The bytes of the head; decides about chunks and about the end of the connection."""
        headers = self._headers
        if self._keep_alive is None:
            self._keep_alive = request.keep_alive
        if request.version < (1, 1) and self._chunked:
            self._chunked = False
            self._keep_alive = False
        if self._chunked:
            headers["Transfer-Encoding"] = "chunked"
            headers.pop("Content-Length", None)
        elif not self._length_known and "Content-Length" not in headers and not self._silent and self._status != 101:
            if request.version >= (1, 1):
                self._chunked = True
                headers["Transfer-Encoding"] = "chunked"
            else:
                # The end of the connection is the end of the body.
                self._keep_alive = False
        if self._status != 204 and self._status != 304 and self._status >= 200:
            if "Content-Type" not in headers:
                headers["Content-Type"] = "application/octet-stream"
        if "Date" not in headers:
            headers["Date"] = _date()
        if "Server" not in headers:
            headers["Server"] = SERVER
        if "Connection" not in headers:
            if self._keep_alive:
                if request.version < (1, 1):
                    headers["Connection"] = "keep-alive"
            elif request.version >= (1, 1):
                headers["Connection"] = "close"
        lines = [f"HTTP/{request.version[0]}.{request.version[1]} {self._status} {self._reason}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if self._cookies:
            lines += ["Set-Cookie: " + morsel.OutputString() for morsel in self._cookies.values()]
        text = "\r\n".join(lines)
        if text.count("\n") != len(lines) - 1 or "\0" in text:
            raise ValueError("Newline, carriage return, or null byte detected in headers. "
                             "Potential header injection attack.")
        return (text + "\r\n\r\n").encode("utf-8", "surrogateescape")

    async def write(self, data):
        """Sends a piece of the body."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be byte-ish ({type(data)!r})")
        if self._eof_sent:
            raise RuntimeError("Cannot call write() after write_eof()")
        if self._protocol is None:
            raise RuntimeError("Cannot call write() before prepare()")
        data = bytes(data)
        if not data or self._silent:
            return
        self._body_length += len(data)
        if self._chunked:
            data = b"%x\r\n%b\r\n" % (len(data), data)
        self._protocol.write(data)
        await self._protocol.drain()

    async def drain(self):
        await self._protocol.drain()

    async def write_eof(self, data=b""):
        """Sends the last piece of the body."""
        if self._eof_sent:
            return
        if self._protocol is None:
            raise RuntimeError("Response has not been started")
        if data:
            await self.write(data)
        if self._chunked and not self._silent:
            self._protocol.write(b"0\r\n\r\n")
        await self._protocol.drain()
        self._eof_sent = True
        self._protocol = None


class Response(StreamResponse):
    """A response with a body that is known."""

    _length_known = True

    def __init__(self, *, body=None, status=200, reason=None, text=None, headers=None, content_type=None, charset=None,
                 zlib_executor_size=None, zlib_executor=None):
        if body is not None and text is not None:
            raise ValueError("body and text are not allowed together")
        headers = CIMultiDict(headers or ())
        if content_type is not None and "charset" in content_type:
            raise ValueError("charset must not be in content_type argument")
        if text is not None:
            if "Content-Type" in headers:
                if content_type or charset:
                    raise ValueError("passing both Content-Type header and content_type or charset params "
                                     "with text is forbidden")
            else:
                if not isinstance(text, str):
                    raise TypeError(f"text argument must be str ({type(text)!r})")
                charset = charset or "utf-8"
                headers["Content-Type"] = f"{content_type or 'text/plain'}; charset={charset}"
                body, text = text.encode(charset), None
        elif "Content-Type" in headers:
            if content_type is not None or charset is not None:
                raise ValueError("passing both Content-Type header and content_type or charset params is forbidden")
        elif content_type is not None:
            headers["Content-Type"] = f"{content_type}; charset={charset}" if charset is not None else content_type
        super().__init__(status=status, reason=reason, headers=headers)
        if text is not None:
            self.text = text
        else:
            self.body = body

    @property
    def body(self):
        return self._body

    @body.setter
    def body(self, body):
        if body is None or isinstance(body, bytes):
            self._body = body
        elif isinstance(body, (bytearray, memoryview)):
            self._body = bytes(body)
        elif isinstance(body, str):
            if "Content-Type" not in self._headers:
                self._headers["Content-Type"] = "text/plain; charset=utf-8"
            self._body = body.encode(self.charset or "utf-8")
        elif hasattr(body, "read"):
            data = body.read()
            self._body = data.encode() if isinstance(data, str) else data
        else:
            raise ValueError(f"Unsupported body type {type(body)!r}")

    @property
    def text(self):
        return None if self._body is None else self._body.decode(self.charset or "utf-8")

    @text.setter
    def text(self, text):
        if not isinstance(text, str):
            raise TypeError(f"text argument must be str ({type(text)!r})")
        if self.content_type == "application/octet-stream":
            self.content_type = "text/plain"
        if self.charset is None:
            self.charset = "utf-8"
        self._body = text.encode(self.charset)

    @property
    def content_length(self):
        if self._chunked:
            return None
        length = self._headers.get("Content-Length")
        if length is not None:
            return int(length)
        return len(self._body) if self._body is not None else 0

    @content_length.setter
    def content_length(self, value):
        raise RuntimeError("Content length is set automatically")

    def _send_head(self, head):
        # Head and body go out together.
        self._pending_head = head

    def _head(self, request):
        if not self._chunked and self._status not in (204, 304) and self._status >= 200 \
                and "Content-Length" not in self._headers:
            self._headers["Content-Length"] = str(len(self._body) if self._body is not None else 0)
        return super()._head(request)

    async def write_eof(self, data=b""):
        if self._eof_sent:
            return
        head = self.__dict__.pop("_pending_head", b"")
        body = b"" if self._silent else (self._body or b"") + data
        self._body_length = len(body)
        if self._chunked and not self._silent:
            body = (b"%x\r\n%b\r\n" % (len(body), body) if body else b"") + b"0\r\n\r\n"
        self._protocol.write(head + body)
        await self._protocol.drain()
        self._eof_sent = True
        self._protocol = None


def json_response(data=None, *, text=None, body=None, status=200, reason=None, headers=None,
                  content_type="application/json", dumps=json.dumps):
    """A response with data as JSON."""
    if data is not None:
        if text or body:
            raise ValueError("only one of data, text, or body should be specified")
        text = dumps(data)
    elif text is None and body is None:
        text = dumps(data)
    return Response(text=text, body=body, status=status, reason=reason, headers=headers, content_type=content_type)


class FileResponse(StreamResponse):
    """A response with a file."""

    def __init__(self, path, chunk_size=256 * 1024, status=200, reason=None, headers=None):
        super().__init__(status=status, reason=reason, headers=headers)
        self._path = os.fspath(path)
        self._chunk_size = chunk_size

    async def prepare(self, request):
        path = self._path
        try:
            facts = os.stat(path)
            file = open(path, "rb")
        except FileNotFoundError:
            self.set_status(404)
            return await self._without_body(request)
        except PermissionError:
            self.set_status(403)
            return await self._without_body(request)
        with file:
            size, modified = facts.st_size, facts.st_mtime
            etag = f"{int(modified * 1e9):x}-{size:x}"
            self._headers["Etag"] = f'"{etag}"'
            self.last_modified = modified
            self._headers["Accept-Ranges"] = "bytes"
            since = request.if_modified_since
            tags = request.headers.get("If-None-Match")
            if tags is not None and any(tag.strip().strip('"') in (etag, "*") for tag in tags.split(",")) \
                    or tags is None and since is not None and int(modified) <= since.timestamp():
                self.set_status(304)
                return await self._without_body(request)
            if "Content-Type" not in self._headers:
                kind, encoding = mimetypes.guess_type(path)
                self._headers["Content-Type"] = kind or "application/octet-stream"
                if encoding:
                    self._headers["Content-Encoding"] = encoding
            start, count = 0, size
            wanted = request.headers.get("Range", "")
            if wanted.startswith("bytes=") and self._status == 200:
                first, dash, last = wanted[6:].partition("-")
                try:
                    if first:
                        start = int(first)
                        end = min(int(last) + 1, size) if last else size
                    else:
                        start, end = max(0, size - int(last)), size
                    valid = dash == "-" and start < end
                except ValueError:
                    valid = False
                if not valid:
                    self._headers["Content-Range"] = f"bytes */{size}"
                    self.set_status(416)
                    return await self._without_body(request)
                count = end - start
                self._headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
                self.set_status(206)
            self.content_length = count
            protocol = await super().prepare(request)
            if not self._silent:
                file.seek(start)
                while count:
                    data = file.read(min(self._chunk_size, count))
                    if not data:
                        break
                    count -= len(data)
                    await self.write(data)
            await super().write_eof()
            return protocol

    async def _without_body(self, request):
        self.content_length = 0
        protocol = await super().prepare(request)
        await super().write_eof()
        return protocol

    async def write_eof(self, data=b""):
        pass
