"""HTTP/1.1 client library.

A connection goes through three states: idle, a request begun (headers are being put), a request sent (the response is
awaited). Methods that come in the wrong state raise. A response reads from the socket's file and knows where its body ends:
by a length, by chunks, or by the end of the connection.
Source: Standard Library, "http.client"; RFC 9110, RFC 9112.
"""

import io
import re
import socket
from collections.abc import Iterable
from email.message import Message
from urllib.parse import urlsplit

import http
from _http import parse_headers as _parse_block

__all__ = [
    "HTTPResponse", "HTTPConnection", "HTTPException", "NotConnected", "UnknownProtocol", "UnknownTransferEncoding",
    "UnimplementedFileMode", "IncompleteRead", "InvalidURL", "ImproperConnectionState", "CannotSendRequest",
    "CannotSendHeader", "ResponseNotReady", "BadStatusLine", "LineTooLong", "RemoteDisconnected", "error", "responses",
    "HTTPSConnection",
]

HTTP_PORT = 80
HTTPS_PORT = 443

_UNKNOWN = "UNKNOWN"
_CS_IDLE = "Idle"
_CS_REQ_STARTED = "Request-started"
_CS_REQ_SENT = "Request-sent"

globals().update(http.HTTPStatus.__members__)
responses = {status: status.phrase for status in http.HTTPStatus.__members__.values()}

_MAXLINE = 65536
_MAXHEADERS = 100

_LEGAL_HEADER_NAME = re.compile(rb"[^:\s][^:\r\n]*")
_ILLEGAL_HEADER_VALUE = re.compile(rb"\n(?![ \t])|\r(?![ \t\n])")
_ILLEGAL_IN_URL = re.compile("[\x00-\x20\x7f]")
_ILLEGAL_IN_METHOD = re.compile("[\x00-\x1f]")
_METHODS_EXPECTING_BODY = {"PATCH", "POST", "PUT"}


class HTTPException(Exception):
    # Programs catch this for everything that goes wrong with HTTP itself.
    pass


class NotConnected(HTTPException):
    pass


class InvalidURL(HTTPException):
    pass


class UnknownProtocol(HTTPException):
    def __init__(self, version):
        self.args = version,
        self.version = version


class UnknownTransferEncoding(HTTPException):
    pass


class UnimplementedFileMode(HTTPException):
    pass


class IncompleteRead(HTTPException):
    def __init__(self, partial, expected=None):
        self.args = partial,
        self.partial = partial
        self.expected = expected

    def __repr__(self):
        more = "" if self.expected is None else f", {self.expected} more expected"
        return f"{self.__class__.__name__}({len(self.partial)} bytes read{more})"

    __str__ = object.__str__


class ImproperConnectionState(HTTPException):
    pass


class CannotSendRequest(ImproperConnectionState):
    pass


class CannotSendHeader(ImproperConnectionState):
    pass


class ResponseNotReady(ImproperConnectionState):
    pass


class BadStatusLine(HTTPException):
    def __init__(self, line):
        if not line:
            line = repr(line)
        self.args = line,
        self.line = line


class LineTooLong(HTTPException):
    def __init__(self, line_type):
        HTTPException.__init__(self, f"got more than {_MAXLINE} bytes when reading {line_type}")


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    def __init__(self, *pos, **kw):
        BadStatusLine.__init__(self, "")
        ConnectionResetError.__init__(self, *pos, **kw)


error = HTTPException


class HTTPMessage(Message):
    """The headers of a message."""

    def getallmatchingheaders(self, name):
        """Find all header lines matching a given header name."""
        name = name.lower() + ":"
        lines = []
        taking = False
        for line in self.keys():
            if line[:len(name)].lower() == name:
                taking = True
            elif not line[:1].isspace():
                taking = False
            if taking:
                lines.append(line)
        return lines


def _read_headers(fp):
    """The lines of the headers, the empty one after them included."""
    lines = []
    while True:
        line = fp.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise LineTooLong("header line")
        lines.append(line)
        if len(lines) > _MAXHEADERS:
            raise HTTPException(f"got more than {_MAXHEADERS} headers")
        if line in (b"\r\n", b"\n", b""):
            return lines


def parse_headers(fp, _class=HTTPMessage):
    """Parses only RFC 2822 headers from a file pointer."""
    lines = _read_headers(fp)
    if lines[-1] == b"":
        lines[-1] = b"\r\n"
    message = _class()
    block = b"".join(lines)
    try:
        pairs = _parse_block(block)
    except ValueError:
        # More tolerant than the parser of HTTP: what has no colon ends the headers.
        from email.parser import Parser
        return Parser(_class=_class).parsestr(block.decode("iso-8859-1"))
    for name, value in pairs:
        message.set_raw(name, value)
    return message


def _encode(data, name="data"):
    """Call data.encode("latin-1") but show a better error message."""
    try:
        return data.encode("latin-1")
    except UnicodeEncodeError as failure:
        raise UnicodeEncodeError(
            failure.encoding, failure.object, failure.start, failure.end,
            "%s (%.20r) is not valid Latin-1. Use %s.encode('utf-8') if you want to send it encoded in UTF-8."
            % (name.title(), data[failure.start:failure.end], name)) from None


class HTTPResponse(io.BufferedIOBase):
    """A response: a file with the body, and the status and headers that came before it."""

    def __init__(self, sock, debuglevel=0, method=None, url=None):
        self.fp = sock.makefile("rb")
        self.debuglevel = debuglevel
        self._method = method
        # Until begin() has read the head.
        self.headers = self.msg = None
        self.version = self.status = self.reason = _UNKNOWN
        self.chunked = _UNKNOWN
        self.chunk_left = _UNKNOWN
        self.length = _UNKNOWN
        self.will_close = _UNKNOWN

    def _read_status(self):
        line = str(self.fp.readline(_MAXLINE + 1), "iso-8859-1")
        if len(line) > _MAXLINE:
            raise LineTooLong("status line")
        if self.debuglevel > 0:
            print("reply:", repr(line))
        if not line:
            # Presumably the server closed the connection before sending a valid response.
            raise RemoteDisconnected("Remote end closed connection without response")
        version, status, reason = (*line.split(None, 2), "", "", "")[:3]
        if not version.startswith("HTTP/"):
            self._close_conn()
            raise BadStatusLine(line)
        try:
            code = int(status)
        except ValueError:
            raise BadStatusLine(line) from None
        if not 100 <= code <= 999:
            raise BadStatusLine(line)
        return version, code, reason.strip()

    def begin(self):
        if self.headers is not None:
            return
        while True:
            version, status, reason = self._read_status()
            if status != http.HTTPStatus.CONTINUE:
                break
            # The real response follows.
            skipped = _read_headers(self.fp)
            if self.debuglevel > 0:
                print("headers:", skipped)
        self.code = self.status = status
        self.reason = reason
        if version in ("HTTP/1.0", "HTTP/0.9"):
            self.version = 10
        elif version.startswith("HTTP/1."):
            self.version = 11
        else:
            raise UnknownProtocol(version)
        self.headers = self.msg = parse_headers(self.fp)
        if self.debuglevel > 0:
            for name, value in self.headers.items():
                print("header:", name + ":", value)
        coding = self.headers.get("transfer-encoding")
        self.chunked = bool(coding and coding.lower() == "chunked")
        self.chunk_left = None
        self.will_close = self._check_close()
        self.length = None
        length = self.headers.get("content-length")
        if length and not self.chunked:
            try:
                self.length = int(length)
            except ValueError:
                pass
            else:
                if self.length < 0:
                    self.length = None
        bodiless = status in (204, 304) or 100 <= status < 200 or self._method == "HEAD"
        if bodiless:
            self.length = 0
        if not self.will_close and not self.chunked and self.length is None:
            # Nothing tells where the body ends, so the end of the connection does.
            self.will_close = True

    def _check_close(self):
        connection = self.headers.get("connection")
        if self.version == 11:
            return bool(connection and "close" in connection.lower())
        if self.headers.get("keep-alive"):
            return False
        if connection and "keep-alive" in connection.lower():
            return False
        proxy = self.headers.get("proxy-connection")
        return not (proxy and "keep-alive" in proxy.lower())

    def _close_conn(self):
        fp, self.fp = self.fp, None
        fp.close()

    def close(self):
        try:
            super().close()
        finally:
            if self.fp:
                self._close_conn()

    def flush(self):
        super().flush()
        if self.fp:
            self.fp.flush()

    def readable(self):
        """Always returns True"""
        return True

    def isclosed(self):
        """True if the connection is closed."""
        return self.fp is None

    # --- the body

    def read(self, amt=None):
        """Read and return the response body, or up to the next amt bytes."""
        if self.fp is None:
            return b""
        if self._method == "HEAD":
            self._close_conn()
            return b""
        if self.chunked:
            return self._read_chunked(amt)
        if amt is not None and amt >= 0:
            return self._read_bounded(self.fp.read, amt)
        if self.length is None:
            data = self.fp.read()
        else:
            try:
                data = self._safe_read(self.length)
            except IncompleteRead:
                self._close_conn()
                raise
            self.length = 0
        self._close_conn()
        return data

    def readinto(self, b):
        """Read up to len(b) bytes into bytearray b and return the number of bytes read."""
        if self.fp is None:
            return 0
        view = memoryview(b)
        data = self.read(len(view))
        view[:len(data)] = data
        return len(data)

    def _read_next_chunk_size(self):
        line = self.fp.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise LineTooLong("chunk size")
        size = line.partition(b";")[0]
        try:
            return int(size, 16)
        except ValueError:
            # The line is lost, and with it the place in the stream.
            self._close_conn()
            raise

    def _read_and_discard_trailer(self):
        while True:
            line = self.fp.readline(_MAXLINE + 1)
            if len(line) > _MAXLINE:
                raise LineTooLong("trailer line")
            if line in (b"\r\n", b"\n", b""):
                return

    def _get_chunk_left(self):
        """How much of the current chunk is left; None at the end of the body."""
        left = self.chunk_left
        if not left:
            if left is not None:
                self._safe_read(2)
            try:
                left = self._read_next_chunk_size()
            except ValueError:
                raise IncompleteRead(b"") from None
            if left == 0:
                self._read_and_discard_trailer()
                self._close_conn()
                left = None
            self.chunk_left = left
        return left

    def _read_chunked(self, amt=None):
        if amt is not None and amt < 0:
            amt = None
        parts = []
        try:
            while (left := self._get_chunk_left()) is not None:
                if amt is not None and amt <= left:
                    parts.append(self._safe_read(amt))
                    self.chunk_left = left - amt
                    break
                parts.append(self._safe_read(left))
                if amt is not None:
                    amt -= left
                self.chunk_left = 0
            return b"".join(parts)
        except IncompleteRead as failure:
            raise IncompleteRead(b"".join(parts)) from failure

    def _safe_read(self, amt):
        """Read the number of bytes requested; fewer are an error."""
        data = self.fp.read(amt)
        if len(data) < amt:
            raise IncompleteRead(data, amt - len(data))
        return data

    def read1(self, n=-1):
        """Read with at most one underlying system call."""
        if self.fp is None or self._method == "HEAD":
            return b""
        if self.chunked:
            left = self._get_chunk_left()
            if left is None or n == 0:
                return b""
            data = self.fp.read1(left if n < 0 else min(n, left))
            self.chunk_left -= len(data)
            if not data:
                raise IncompleteRead(b"")
            return data
        return self._read_bounded(self.fp.read1, n)

    def _read_bounded(self, read, n):
        """What `read` gives of a body without chunks, which ends the connection where the body ends."""
        if self.length is not None and (n < 0 or n > self.length):
            n = self.length
        data = read(n)
        if not data and n:
            self._close_conn()
        elif self.length is not None:
            self.length -= len(data)
            if not self.length:
                self._close_conn()
        return data

    def peek(self, n=-1):
        if self.fp is None or self._method == "HEAD":
            return b""
        if self.chunked:
            try:
                left = self._get_chunk_left()
            except IncompleteRead:
                return b""
            return b"" if left is None else self.fp.peek(left)[:left]
        return self.fp.peek(n)

    def readline(self, limit=-1):
        if self.fp is None or self._method == "HEAD":
            return b""
        if not self.chunked:
            return self._read_bounded(self.fp.readline, limit)
        line = b""
        while limit < 0 or len(line) < limit:
            ahead = self.peek()
            if not ahead:
                break
            end = ahead.find(b"\n") + 1 or len(ahead)
            if limit >= 0:
                end = min(end, limit - len(line))
            line += self.read(end)
            if line.endswith(b"\n"):
                break
        return line

    def __iter__(self):
        while line := self.readline():
            yield line

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def fileno(self):
        return self.fp.fileno()

    # --- the head

    def getheader(self, name, default=None):
        """Returns the value of the header matching *name*.

        If there are multiple matching headers, the values are combined into a single string separated by commas and spaces.
        """
        if self.headers is None:
            raise ResponseNotReady()
        headers = self.headers.get_all(name) or default
        if isinstance(headers, str) or not hasattr(headers, "__iter__"):
            return headers
        return ", ".join(headers)

    def getheaders(self):
        """Return list of (header, value) tuples."""
        if self.headers is None:
            raise ResponseNotReady()
        return list(self.headers.items())

    def info(self):
        """Returns an instance of the class mimetools.Message containing meta-information associated with the URL."""
        return self.headers

    def geturl(self):
        """Return the real URL of the page."""
        return self.url

    def getcode(self):
        """Return the HTTP status code that was sent with the response, or None if the URL is not an HTTP URL."""
        return self.status


class HTTPConnection:
    """A connection to a server, on which one request after the other is made."""

    _http_vsn = 11
    _http_vsn_str = "HTTP/1.1"
    response_class = HTTPResponse
    default_port = HTTP_PORT
    auto_open = 1
    debuglevel = 0

    def __init__(self, host, port=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, blocksize=8192):
        self.timeout = timeout
        self.source_address = source_address
        self.blocksize = blocksize
        self.sock = None
        self._buffer = []
        self.__response = None
        self.__state = _CS_IDLE
        self._method = None
        self._tunnel_host = None
        self._tunnel_port = None
        self._tunnel_headers = {}
        self._raw_proxy_headers = None
        self.host, self.port = self._get_hostport(host, port)
        self._validate_host(self.host)
        # Tests and subclasses replace it.
        self._create_connection = socket.create_connection

    def _get_hostport(self, host, port):
        if port is None:
            colon = host.rfind(":")
            if colon > host.rfind("]"):
                text = host[colon + 1:]
                try:
                    port = int(text)
                except ValueError:
                    if text:
                        raise InvalidURL(f"nonnumeric port: '{text}'") from None
                    port = self.default_port
                host = host[:colon]
            else:
                port = self.default_port
        if host and host[0] == "[" and host[-1] == "]":
            host = host[1:-1]
        return host, port

    def set_debuglevel(self, level):
        self.debuglevel = level

    def set_tunnel(self, host, port=None, headers=None):
        """Set up host and port for HTTP CONNECT tunnelling."""
        if self.sock:
            raise RuntimeError("Can't set up tunnel for established connection")
        self._tunnel_host, self._tunnel_port = self._get_hostport(host, port)
        self._tunnel_headers = dict(headers) if headers else {}
        if not any(name.lower() == "host" for name in self._tunnel_headers):
            self._tunnel_headers["Host"] = f"{self._bracketed_tunnel_host()}:{self._tunnel_port}"

    def _bracketed_tunnel_host(self):
        """The host as it stands in a request: an IPv6 address in brackets, a name in ASCII."""
        host = self._tunnel_host
        if not host.isascii():
            from _http import host_to_ascii
            host = host_to_ascii(host)
        return f"[{host}]" if ":" in host else host

    def get_proxy_response_headers(self):
        """Returns a dictionary with the headers of the response received from the proxy server."""
        if self._raw_proxy_headers is None:
            return None
        message = HTTPMessage()
        for name, value in _parse_block(b"".join(self._raw_proxy_headers)):
            message.set_raw(name, value)
        return message

    def _tunnel(self):
        request = [f"CONNECT {self._bracketed_tunnel_host()}:{self._tunnel_port} {self._http_vsn_str}\r\n".encode("ascii")]
        request += [f"{name}: {value}\r\n".encode("latin-1") for name, value in self._tunnel_headers.items()]
        self.send(b"".join([*request, b"\r\n"]))
        response = self.response_class(self.sock, method=self._method)
        try:
            _, code, message = response._read_status()
            self._raw_proxy_headers = _read_headers(response.fp)
            if self.debuglevel > 0:
                for header in self._raw_proxy_headers:
                    print("header:", header.decode())
            if code != http.HTTPStatus.OK:
                self.close()
                raise OSError(f"Tunnel connection failed: {code} {message.strip()}")
        finally:
            response.close()

    def connect(self):
        """Connect to the host and port specified in __init__."""
        self.sock = self._create_connection((self.host, self.port), self.timeout, self.source_address)
        # Small requests are not to wait for others.
        try:
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as failure:
            if failure.errno != 92:
                raise
        if self._tunnel_host:
            self._tunnel()

    def close(self):
        """Close the connection to the HTTP server."""
        self.__state = _CS_IDLE
        try:
            sock = self.sock
            if sock:
                self.sock = None
                sock.close()
        finally:
            response = self.__response
            if response:
                self.__response = None
                response.close()

    def send(self, data):
        """Send `data' to the server.

        ``data`` can be a string object, a bytes object, an array object, a file-like object that supports a .read() method,
        or an iterable object.
        """
        if self.sock is None:
            if not self.auto_open:
                raise NotConnected()
            self.connect()
        if self.debuglevel > 0:
            print("send:", repr(data))
        if hasattr(data, "read"):
            for block in self._read_readable(data):
                self.sock.sendall(block)
            return
        try:
            self.sock.sendall(data)
        except TypeError:
            if not isinstance(data, Iterable):
                raise TypeError(
                    f"data should be a bytes-like object or an iterable, got {type(data)!r}") from None
            for block in data:
                self.sock.sendall(block)

    def _output(self, s):
        """Add a line of output to the current request buffer."""
        self._buffer.append(s)

    def _read_readable(self, readable):
        text = isinstance(readable, io.TextIOBase)
        while block := readable.read(self.blocksize):
            yield block.encode("iso-8859-1") if text else block

    def _send_output(self, message_body=None, encode_chunked=False):
        """Send the currently buffered request and clear the buffer."""
        head = b"\r\n".join([*self._buffer, b"", b""])
        self._buffer.clear()
        self.send(head)
        if message_body is None:
            return
        if hasattr(message_body, "read"):
            blocks = self._read_readable(message_body)
        else:
            try:
                memoryview(message_body)
            except TypeError:
                try:
                    blocks = iter(message_body)
                except TypeError:
                    raise TypeError("message_body should be a bytes-like object or an iterable, "
                                    f"got {type(message_body)!r}") from None
            else:
                blocks = (message_body,)
        for block in blocks:
            if not block:
                if self.debuglevel > 0:
                    print("Zero length chunk ignored")
                continue
            if encode_chunked and self._http_vsn == 11:
                block = f"{len(block):X}\r\n".encode("ascii") + block + b"\r\n"
            self.send(block)
        if encode_chunked and self._http_vsn == 11:
            self.send(b"0\r\n\r\n")

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        """Send a request to the server."""
        if self.__response and self.__response.isclosed():
            self.__response = None
        if self.__state != _CS_IDLE:
            raise CannotSendRequest(self.__state)
        self.__state = _CS_REQ_STARTED
        self._validate_method(method)
        self._method = method
        url = url or "/"
        self._validate_path(url)
        self._output(self._encode_request(f"{method} {url} {self._http_vsn_str}"))
        if self._http_vsn != 11:
            return
        if not skip_host:
            self._put_host(url)
        if not skip_accept_encoding:
            # No decompressing is done here.
            self.putheader("Accept-Encoding", "identity")

    def _put_host(self, url):
        netloc = urlsplit(url).netloc if url.startswith("http") else ""
        if netloc:
            try:
                self.putheader("Host", netloc.encode("ascii"))
            except UnicodeEncodeError:
                from _http import host_to_ascii
                self.putheader("Host", host_to_ascii(netloc).encode("ascii"))
            return
        host, port = (self._tunnel_host, self._tunnel_port) if self._tunnel_host else (self.host, self.port)
        try:
            encoded = host.encode("ascii")
        except UnicodeEncodeError:
            from _http import host_to_ascii
            encoded = host_to_ascii(host).encode("ascii")
        if ":" in host:
            encoded = b"[" + encoded.partition(b"%")[0] + b"]"
        if port == self.default_port:
            self.putheader("Host", encoded)
        else:
            self.putheader("Host", f"{encoded.decode('ascii')}:{port}")

    def _encode_request(self, request):
        return request.encode("ascii")

    def _validate_method(self, method):
        match = _ILLEGAL_IN_METHOD.search(method)
        if match:
            raise ValueError(f"method can't contain control characters. {method!r} (found at least {match.group()!r})")

    def _validate_path(self, url):
        match = _ILLEGAL_IN_URL.search(url)
        if match:
            raise InvalidURL(f"URL can't contain control characters. {url!r} (found at least {match.group()!r})")

    def _validate_host(self, host):
        match = _ILLEGAL_IN_URL.search(host)
        if match:
            raise InvalidURL(f"URL can't contain control characters. {host!r} (found at least {match.group()!r})")

    def putheader(self, header, *values):
        """Send a request header line to the server."""
        if self.__state != _CS_REQ_STARTED:
            raise CannotSendHeader()
        if hasattr(header, "encode"):
            header = header.encode("ascii")
        if not _LEGAL_HEADER_NAME.fullmatch(header):
            raise ValueError(f"Invalid header name {header!r}")
        encoded = []
        for value in values:
            if hasattr(value, "encode"):
                value = value.encode("latin-1")
            elif isinstance(value, int):
                value = str(value).encode("ascii")
            if _ILLEGAL_HEADER_VALUE.search(value):
                raise ValueError(f"Invalid header value {value!r}")
            encoded.append(value)
        self._output(header + b": " + b"\r\n\t".join(encoded))

    def endheaders(self, message_body=None, *, encode_chunked=False):
        """Indicate that the last header line has been sent to the server."""
        if self.__state != _CS_REQ_STARTED:
            raise CannotSendHeader()
        self.__state = _CS_REQ_SENT
        self._send_output(message_body, encode_chunked=encode_chunked)

    @staticmethod
    def _get_content_length(body, method):
        """The length of a body; None when it is not known."""
        if body is None:
            return 0 if method.upper() in _METHODS_EXPECTING_BODY else None
        if hasattr(body, "read"):
            return None
        try:
            return memoryview(body).nbytes
        except TypeError:
            pass
        return len(body) if isinstance(body, str) else None

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        """Send a complete request to the server."""
        given = {name.lower() for name in headers}
        skips = {}
        if "host" in given:
            skips["skip_host"] = 1
        if "accept-encoding" in given:
            skips["skip_accept_encoding"] = 1
        self.putrequest(method, url, **skips)
        if "content-length" not in given:
            if "transfer-encoding" in given:
                pass
            elif (length := self._get_content_length(body, method)) is not None:
                encode_chunked = False
                self.putheader("Content-Length", str(length))
            else:
                encode_chunked = False
                if body is not None:
                    encode_chunked = True
                    self.putheader("Transfer-Encoding", "chunked")
        else:
            encode_chunked = False
        for name, value in headers.items():
            self.putheader(name, value)
        if isinstance(body, str):
            body = _encode(body, "body")
        self.endheaders(body, encode_chunked=encode_chunked)

    def getresponse(self):
        """Get the response from the server."""
        if self.__response and self.__response.isclosed():
            self.__response = None
        if self.__state != _CS_REQ_SENT or self.__response:
            raise ResponseNotReady(self.__state)
        response = (self.response_class(self.sock, self.debuglevel, method=self._method) if self.debuglevel > 0
                    else self.response_class(self.sock, method=self._method))
        try:
            try:
                response.begin()
            except ConnectionError:
                self.close()
                raise
            self.__state = _CS_IDLE
            if response.will_close:
                # The response keeps the connection through its file.
                self.close()
            else:
                self.__response = response
            return response
        except:
            response.close()
            raise


class HTTPSConnection(HTTPConnection):
    """This class allows communication via SSL."""

    default_port = HTTPS_PORT

    def __init__(self, host, port=None, *, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, context=None,
                 blocksize=8192):
        super().__init__(host, port, timeout, source_address, blocksize=blocksize)
        if context is None:
            import ssl
            context = ssl._create_default_https_context()
        self._context = context

    def connect(self):
        """Connect to a host on a given (SSL) port."""
        super().connect()
        server_hostname = self._tunnel_host or self.host
        self.sock = self._context.wrap_socket(self.sock, server_hostname=server_hostname)
