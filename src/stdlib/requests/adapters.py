"""Sending prepared requests over connections that are kept.

Source: Requests' documentation, "Transport Adapters".
"""

import socket
from http.client import HTTPConnection, HTTPException, HTTPSConnection, RemoteDisconnected
from urllib.parse import urlsplit

from requests.exceptions import ConnectionError, ConnectTimeout, ReadTimeout, SSLError
from requests.models import Response, encoding_from_headers
from requests.structures import CaseInsensitiveDict


def _timeouts(timeout):
    """The limits for connecting and for reading."""
    if not isinstance(timeout, tuple):
        _check_timeout("connect", timeout)
        return timeout, timeout
    try:
        connect, read = timeout
        _check_timeout("connect", connect)
        _check_timeout("read", read)
    except ValueError:
        raise ValueError(f"Invalid timeout {timeout}. Pass a (connect, read) timeout tuple, or a single float to set "
                         "both timeouts to the same value.") from None
    return connect, read


def _check_timeout(name, value):
    if value is None:
        return
    if isinstance(value, bool):
        raise ValueError("Timeout cannot be a boolean value. It must be an int, float or None.")
    try:
        float(value)
        too_small = value <= 0
    except (TypeError, ValueError):
        raise ValueError(f"Timeout value {name} was {value}, but it must be an int, float or None.") from None
    if too_small:
        raise ValueError(f"Attempted to set {name} timeout to {value}, but the timeout cannot be set to a value less "
                         "than or equal to 0.")


class BaseAdapter:
    """The Base Transport Adapter"""

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        raise NotImplementedError

    def close(self):
        raise NotImplementedError


class HTTPAdapter(BaseAdapter):
    """The built-in HTTP Adapter: connections by scheme, host and port."""

    def __init__(self, pool_connections=10, pool_maxsize=10, max_retries=0, pool_block=False):
        self._idle = {}
        self._size = pool_maxsize
        self.max_retries = max_retries

    def close(self):
        for connections in self._idle.values():
            for connection in connections:
                connection.close()
        self._idle.clear()

    def _new_connection(self, parts, verify, cert):
        if parts.scheme != "https":
            return HTTPConnection(parts.hostname, parts.port)
        import ssl
        context = ssl.create_default_context(cafile=verify if isinstance(verify, str) else None)
        if verify is False:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if cert:
            context.load_cert_chain(*((cert,) if isinstance(cert, str) else cert))
        return HTTPSConnection(parts.hostname, parts.port, context=context)

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        """Sends PreparedRequest object. Returns Response object."""
        parts = urlsplit(request.url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        kind = "HTTPSConnectionPool" if parts.scheme == "https" else "HTTPConnectionPool"
        pool = f"{kind}(host={parts.hostname!r}, port={port})"
        connect, read = _timeouts(timeout)
        key = (parts.scheme, parts.hostname, port, verify, cert)
        idle = self._idle.setdefault(key, [])
        reused = bool(idle)
        connection = idle.pop() if idle else self._new_connection(parts, verify, cert)
        try:
            if connection.sock is None:
                self._connect(connection, connect, pool, request)
            try:
                raw = self._exchange(connection, request, read)
            except (RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                # The server ended a kept connection just when it was used again.
                connection.close()
                if not reused:
                    raise
                self._connect(connection, connect, pool, request)
                raw = self._exchange(connection, request, read)
        except TimeoutError as failure:
            connection.close()
            raise ReadTimeout(f"{pool}: Read timed out. (read timeout={read})", request=request) from failure
        except (HTTPException, OSError) as failure:
            connection.close()
            if isinstance(failure, (ConnectionError, ConnectTimeout, SSLError)):
                raise
            raise ConnectionError(("Connection aborted.", failure), request=request) from failure
        except BaseException:
            connection.close()
            raise
        return self.build_response(request, raw, connection, key, pool)

    def _connect(self, connection, timeout, pool, request):
        connection.timeout = timeout
        where = f"{type(connection).__name__}(host={connection.host!r}, port={connection.port})"
        try:
            connection.connect()
        except TimeoutError as failure:
            raise ConnectTimeout(
                f"{pool}: Max retries exceeded with url: {request.path_url} (Caused by ConnectTimeoutError(<{where}>, "
                f"'Connection to {connection.host} timed out. (connect timeout={timeout})'))", request=request) from failure
        except OSError as failure:
            if type(failure).__module__ in ("ssl", "_ssl"):
                raise SSLError(f"{pool}: Max retries exceeded with url: {request.path_url} (Caused by "
                               f"SSLError({failure!r}))", request=request) from failure
            if isinstance(failure, socket.gaierror):
                cause = f'NameResolutionError("{where}: Failed to resolve \'{connection.host}\' ({failure})")'
            else:
                cause = f'NewConnectionError("{where}: Failed to establish a new connection: {failure}")'
            raise ConnectionError(f"{pool}: Max retries exceeded with url: {request.path_url} (Caused by {cause})",
                                  request=request) from failure

    def _exchange(self, connection, request, timeout):
        connection.sock.settimeout(timeout)
        body = request.body
        if isinstance(body, str):
            body = body.encode("utf-8")
        headers = request.headers
        connection.putrequest(request.method, request.path_url, skip_host="Host" in headers,
                              skip_accept_encoding="Accept-Encoding" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        chunked = "Transfer-Encoding" in headers
        connection.endheaders(body, encode_chunked=chunked)
        return connection.getresponse()

    def build_response(self, request, raw, connection, key, pool):
        """Builds a Response object from what the server sent."""
        response = Response()
        response.status_code = raw.status
        headers = {}
        for name, value in raw.getheaders():
            known = next((own for own in headers if own.lower() == name.lower()), None)
            if known is None:
                headers[name] = value
            else:
                headers[known] += ", " + value
        response.headers = CaseInsensitiveDict(headers)
        response.encoding = encoding_from_headers(response.headers)
        response.raw = raw
        response.reason = raw.reason
        response.url = request.url
        response.request = request
        response.connection = self
        response._pool = pool
        keeps = not raw.will_close

        def release(at_end):
            idle = self._idle.setdefault(key, [])
            if at_end and keeps and raw.isclosed() and connection.sock is not None and len(idle) < self._size:
                idle.append(connection)
            else:
                raw.close()
                connection.close()

        response._release = release
        return response
