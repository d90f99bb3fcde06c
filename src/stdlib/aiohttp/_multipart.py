"""Bodies of several parts: reading those of requests, making those of forms.

Source: RFC 7578 (multipart/form-data), RFC 2046.
"""

import mimetypes
import os
from collections import namedtuple
from email.message import Message
from urllib.parse import urlencode

from multidict import CIMultiDict, CIMultiDictProxy, MultiDict, MultiDictProxy

from _http import parse_headers

__all__ = ["MultipartReader", "BodyPartReader", "FileField", "FormData", "content_disposition"]

FileField = namedtuple("FileField", ["name", "filename", "file", "content_type", "headers"])


def parse_disposition(header):
    """The kind and the parameters of a Content-Disposition header."""
    message = Message()
    message["Content-Disposition"] = header
    pairs = message.get_params([], "content-disposition")
    kind = pairs[0][0] if pairs else None
    return kind, {name: value if isinstance(value, str) else value[2] for name, value in pairs[1:]}


def content_disposition(kind, **params):
    parts = [kind]
    for name, value in params.items():
        value = value.replace("\\", "\\\\").replace('"', '\\"')
        parts.append(f'{name}="{value}"')
    return "; ".join(parts)


class BodyPartReader:
    """One part of a body, read whole."""

    def __init__(self, headers, data):
        self.headers = CIMultiDictProxy(CIMultiDict(headers))
        self._data = data
        self._at = 0
        _, self._params = parse_disposition(self.headers.get("Content-Disposition", ""))

    @property
    def name(self):
        return self._params.get("name")

    @property
    def filename(self):
        return self._params.get("filename")

    @property
    def charset(self):
        message = Message()
        message["Content-Type"] = self.headers.get("Content-Type", "text/plain")
        return message.get_content_charset()

    def at_eof(self):
        return self._at >= len(self._data)

    async def read(self, *, decode=False):
        data, self._at = self._data[self._at:], len(self._data)
        return data

    async def read_chunk(self, size=8192):
        data = self._data[self._at:self._at + size]
        self._at += len(data)
        return data

    async def text(self, *, encoding=None):
        return (await self.read()).decode(encoding or self.charset or "utf-8")

    async def json(self, *, encoding=None):
        import json
        text = await self.text(encoding=encoding)
        return json.loads(text) if text else None

    async def form(self, *, encoding=None):
        from urllib.parse import parse_qsl
        return parse_qsl(await self.text(encoding=encoding), keep_blank_values=True)

    async def release(self):
        self._at = len(self._data)


class MultipartReader:
    """The parts of a body, one after the other."""

    def __init__(self, headers, content):
        message = Message()
        message["Content-Type"] = headers.get("Content-Type", "")
        if message.get_content_maintype() != "multipart":
            raise ValueError(f"multipart/* content type expected, got: {headers.get('Content-Type')}")
        boundary = message.get_boundary()
        if boundary is None:
            raise ValueError(f"boundary missed for Content-Type: {headers.get('Content-Type')}")
        self.headers = headers
        self._boundary = b"--" + boundary.encode()
        self._content = content
        self._ahead = b""
        self._begun = self._at_end = False

    def at_eof(self):
        return self._at_end

    async def _until(self, separator):
        """What comes before the separator, which is taken too."""
        searched = 0
        while (found := self._ahead.find(separator, searched)) < 0:
            searched = max(0, len(self._ahead) - len(separator))
            more = await self._content.readany()
            if not more:
                raise ValueError("Could not find starting boundary" if not self._begun else "Unexpected end of the body")
            self._ahead += more
        data, self._ahead = self._ahead[:found], self._ahead[found + len(separator):]
        return data

    async def next(self):
        """The next part; None when there is none."""
        if self._at_end:
            return None
        if not self._begun:
            # The first boundary may stand at the very beginning.
            self._ahead = b"\r\n" + self._ahead
            await self._until(b"\r\n" + self._boundary)
            self._begun = True
        rest = await self._until(b"\r\n")
        if rest.startswith(b"--"):
            self._at_end = True
            return None
        self._ahead = b"\r\n" + self._ahead
        head = await self._until(b"\r\n\r\n")
        headers = parse_headers(head.lstrip(b"\r\n") + b"\r\n\r\n") if head else []
        try:
            headers = [(name, value.encode("latin-1").decode("utf-8")) for name, value in headers]
        except UnicodeDecodeError:
            pass
        self._ahead = b"\r\n" + self._ahead
        data = await self._until(b"\r\n" + self._boundary)
        # The last boundary need not be followed by a line end.
        if self._ahead.startswith(b"--") and b"\r\n" not in self._ahead:
            self._ahead += b"\r\n"
        return BodyPartReader(headers, data[2:])

    async def release(self):
        while await self.next() is not None:
            pass

    def __aiter__(self):
        return self

    async def __anext__(self):
        part = await self.next()
        if part is None:
            raise StopAsyncIteration
        return part


class FormData:
    """The fields of a form that a client sends."""

    def __init__(self, fields=(), quote_fields=True, charset=None):
        self._fields = []
        self._is_multipart = False
        self._charset = charset or "utf-8"
        if isinstance(fields, (MultiDict, MultiDictProxy)) or hasattr(fields, "items"):
            fields = list(fields.items())
        elif not isinstance(fields, (list, tuple)):
            fields = (fields,)
        for field in fields:
            if isinstance(field, (list, tuple)) and len(field) == 2:
                self.add_field(*field)
            elif hasattr(field, "read"):
                self.add_field(os.path.basename(getattr(field, "name", "unknown")), field)
            else:
                raise TypeError("Only io.IOBase, multidict and (name, file) pairs allowed, use .add_field() for passing more "
                                f"complex parameters, got {field!r}")

    @property
    def is_multipart(self):
        return self._is_multipart

    def add_field(self, name, value, *, content_type=None, filename=None, content_transfer_encoding=None):
        if hasattr(value, "read"):
            self._is_multipart = True
            if filename is None:
                filename = os.path.basename(str(getattr(value, "name", name)))
        elif isinstance(value, (bytes, bytearray, memoryview)) and filename is None:
            filename = name
        if filename is not None or content_type is not None:
            self._is_multipart = True
        self._fields.append((name, value, content_type, filename))

    def encode(self):
        """The body and its type."""
        if not self._is_multipart:
            pairs = [(name, value) for name, value, *_ in self._fields]
            return urlencode(pairs, encoding=self._charset).encode(), "application/x-www-form-urlencoded"
        boundary = os.urandom(16).hex()
        parts = []
        for name, value, content_type, filename in self._fields:
            if hasattr(value, "read"):
                value = value.read()
            if content_type is None and filename is not None:
                content_type = mimetypes.guess_type(filename)[0] or "application/octet-stream"
            data = value if isinstance(value, (bytes, bytearray, memoryview)) else str(value).encode(self._charset)
            params = {"name": name} if filename is None else {"name": name, "filename": filename}
            head = f"--{boundary}\r\n"
            if content_type is not None:
                head += f"Content-Type: {content_type}\r\n"
            elif isinstance(value, str):
                head += f"Content-Type: text/plain; charset={self._charset}\r\n"
            head += f"Content-Disposition: {content_disposition('form-data', **params)}\r\n\r\n"
            parts += [head.encode(), bytes(data), b"\r\n"]
        parts.append(f"--{boundary}--\r\n".encode())
        return b"".join(parts), f"multipart/form-data; boundary={boundary}"
