"""The protocol of a server: one object for each connection, with one task that serves its requests in order.

Bytes are cut into messages as they come (`data_received`); complete heads wait in a queue. The task takes one, calls the
handler, sends the response, reads what the handler left of the body, and goes on while the connection is kept alive.
Whatever a client does wrong ends with an answer or the end of its own connection, never with that of the server.
Source: RFC 9112, 9 (connection management).
"""

import asyncio
import logging
from collections import deque

from _http import parse_request

from aiohttp._streams import EMPTY_PAYLOAD, BadHttpMessage, MessageParser, StreamReader
from aiohttp.web_exceptions import HTTPException
from aiohttp.web_request import BaseRequest
from aiohttp.web_response import Response, StreamResponse

server_logger = logging.getLogger("aiohttp.server")
access_logger = logging.getLogger("aiohttp.access")

# Requests that may wait on one connection; then it is not read any more.
MOST_WAITING = 16


class Server:
    """Makes the protocols of a server and knows those that are connected. `make_handler()` gives one."""

    def __init__(self, handler, *, request_factory=None, loop=None, access_log=access_logger, keepalive_timeout=75.0,
                 client_max_size=1024 ** 2, max_line_size=8190, max_field_size=8190, **others):
        self.request_handler = handler
        self.request_factory = request_factory or BaseRequest
        self.access_log = access_log
        self.keepalive_timeout = keepalive_timeout
        self.client_max_size = client_max_size
        self.max_line_size = max_line_size
        self.max_field_size = max_field_size
        self.connections_made = {}
        self.requests_count = 0
        self.pre_frozen = lambda: None

    @property
    def connections(self):
        return list(self.connections_made)

    def __call__(self):
        return RequestHandler(self)

    def pre_shutdown(self):
        for protocol in list(self.connections_made):
            protocol.close_when_idle()

    async def shutdown(self, timeout=None):
        """Lets the connections finish what they do, for some time; then ends them."""
        self.pre_shutdown()
        tasks = [protocol.task for protocol in self.connections_made if protocol.task is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=timeout or 0)
        for protocol in list(self.connections_made):
            protocol.force_close()
        self.connections_made.clear()

    finish_connections = shutdown


class RequestHandler(asyncio.Protocol):
    """A connection."""

    def __init__(self, server):
        self.server = server
        self.loop = asyncio.get_running_loop()
        self.transport = None
        self.peername = None
        self.task = None
        self._messages = deque()
        self._waiter = None
        self._failure = None
        self._keepalive_handle = None
        self._closing = False
        self._busy = False
        self._lost_hooks = []
        self._write_paused = False
        self._drain_waiters = []
        self._reading_paused = False
        self._parser = MessageParser(parse_request, self._on_head)

    # --- what the transport tells

    def connection_made(self, transport):
        self.transport = transport
        self.peername = transport.get_extra_info("peername")
        sock = transport.get_extra_info("socket")
        if sock is not None and hasattr(sock, "setsockopt"):
            try:
                sock.setsockopt(6, 1, 1)
            except OSError:
                # Not TCP: a local socket.
                pass
        self.server.connections_made[self] = None
        self.task = self.loop.create_task(self._serve())

    def connection_lost(self, exception):
        self.server.connections_made.pop(self, None)
        self.transport = None
        self._closing = True
        self._cancel_keepalive()
        self._parser.feed_eof(exception or ConnectionResetError("Connection lost"))
        for waiter in self._drain_waiters:
            if not waiter.done():
                waiter.set_exception(ConnectionResetError("Connection lost"))
        self._drain_waiters.clear()
        for hook in self._lost_hooks:
            hook(exception)
        self._wake()

    def data_received(self, data):
        if self._failure is not None:
            return
        try:
            self._parser.feed(data)
        except BadHttpMessage as failure:
            self._failure = failure
            # A handler that reads the body meanwhile is told.
            self._parser.feed_eof(failure)
            self._wake()

    def eof_received(self):
        self._parser.feed_eof()
        self._closing = True
        self._wake()
        # The task ends the connection when it has answered what it has.
        return self._busy or bool(self._messages)

    def pause_writing(self):
        self._write_paused = True

    def resume_writing(self):
        self._write_paused = False
        for waiter in self._drain_waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._drain_waiters.clear()

    # --- incoming messages

    def _check_sizes(self, head):
        """Refuses the head of a request when one part of it is too long."""
        server = self.server
        for part, text, limit in (("Status line", head[2], server.max_line_size),
                                  *(("Header value", value, server.max_field_size) for _, value in head[4])):
            if len(text) > limit:
                raise BadHttpMessage(f"Got more than {limit} bytes ({len(text)}) when reading: {part} is too long.")

    def _on_head(self, head):
        """Finds out what body follows the head of a request."""
        body = None
        length = None
        chunked = False
        if head[0] > min(self.server.max_line_size, self.server.max_field_size):
            self._check_sizes(head)
        for name, value in head[4]:
            name = name.lower()
            if name == "content-length":
                if not (value.isascii() and value.isdigit()) or length is not None and length != int(value):
                    raise BadHttpMessage(f"Content-Length can't be: {value!r}")
                length = int(value)
            elif name == "transfer-encoding":
                if value.lower() != "chunked":
                    raise BadHttpMessage(f"Request has invalid `Transfer-Encoding`: {value}")
                chunked = True
        if chunked:
            if length is not None:
                raise BadHttpMessage("Transfer-Encoding can't be present with Content-Length")
            body = "chunked"
        elif length:
            body = length
        reader = EMPTY_PAYLOAD if body is None else StreamReader(self)
        self._messages.append((head, reader))
        if len(self._messages) > MOST_WAITING:
            self.pause_body()
        self._wake()
        return (0 if body is None else body), reader

    def _wake(self):
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    def pause_body(self):
        if not self._reading_paused and self.transport is not None:
            self._reading_paused = True
            try:
                self.transport.pause_reading()
            except RuntimeError:
                pass

    def resume_body(self):
        if self._reading_paused and self.transport is not None and len(self._messages) <= MOST_WAITING:
            self._reading_paused = False
            try:
                self.transport.resume_reading()
            except RuntimeError:
                pass

    def upgrade(self, receiver, on_lost):
        """The connection speaks another protocol from now on."""
        self._lost_hooks.append(on_lost)
        self._closing = True
        self._parser.upgrade(receiver)

    # --- outgoing

    def write(self, data):
        transport = self.transport
        if transport is None or transport.is_closing():
            raise ConnectionResetError("Cannot write to closing transport")
        transport.write(data)

    async def drain(self):
        if self._write_paused:
            if self.transport is None:
                raise ConnectionResetError("Connection lost")
            waiter = self.loop.create_future()
            self._drain_waiters.append(waiter)
            await waiter

    def close(self):
        if self.transport is not None:
            self.transport.close()

    def force_close(self):
        self._closing = True
        if self.task is not None and not self.task.done():
            self.task.cancel()
        if self.transport is not None:
            self.transport.close()
            self.transport = None

    def close_when_idle(self):
        """Ends the connection after the request that is being served."""
        self._closing = True
        self._wake()

    # --- serving

    def _cancel_keepalive(self):
        if self._keepalive_handle is not None:
            self._keepalive_handle.cancel()
            self._keepalive_handle = None

    async def _serve(self):
        try:
            while self.transport is not None:
                if not self._messages:
                    if self._closing or self._failure is not None:
                        break
                    self._keepalive_handle = self.loop.call_later(self.server.keepalive_timeout, self._idle_too_long)
                    self._waiter = self.loop.create_future()
                    try:
                        await self._waiter
                    finally:
                        self._waiter = None
                        self._cancel_keepalive()
                    continue
                head, payload = self._messages.popleft()
                self.resume_body()
                self._busy = True
                try:
                    if not await self._serve_one(head, payload):
                        break
                finally:
                    self._busy = False
            if self._failure is not None and self.transport is not None:
                self._send_bad_request(self._failure)
        except asyncio.CancelledError:
            pass
        except ConnectionError:
            # The client is gone.
            pass
        except Exception:
            server_logger.error("Unhandled exception", exc_info=True)
        finally:
            if self.transport is not None:
                self.transport.close()

    def _idle_too_long(self):
        if not self._messages:
            self._closing = True
            self._wake()

    def _send_bad_request(self, failure):
        text = f"400, message:\n  {failure}"
        body = text.encode("utf-8", "replace")
        self.transport.write(
            b"HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n"
            b"Connection: close\r\n\r\n%b" % (len(body), body))

    async def _serve_one(self, head, payload):
        """Serves a request; whether the connection goes on."""
        server = self.server
        server.requests_count += 1
        request = server.request_factory(head, payload, self, server.client_max_size)
        connection = request.headers.get("Connection", "").lower()
        request.keep_alive = "close" not in connection if head[3] else "keep-alive" in connection
        if request.headers.get("Expect", "").lower() == "100-continue" and head[3]:
            self.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        try:
            response = await server.request_handler(request)
        except HTTPException as raised:
            response = raised
        except asyncio.CancelledError:
            raise
        except ConnectionError:
            raise
        except BadHttpMessage:
            return True
        except asyncio.TimeoutError:
            response = self._failed(request, 504)
        except Exception:
            server_logger.exception("Error handling request from %s", request.remote)
            response = self._failed(request, 500)
        if not isinstance(response, StreamResponse):
            what = "Missing return statement on request handler" if response is None \
                else f"Web-handler should return a response instance, got {response!r}"
            server_logger.error("Error handling request from %s\n%s", request.remote, what)
            response = self._failed(request, 500)
        await response.prepare(request)
        await response.write_eof()
        self._log_access(request, response)
        if not response._keep_alive or self.transport is None:
            return False
        if not payload.is_eof():
            # What the handler did not read stands before the next request.
            try:
                async with asyncio.timeout(10.0):
                    while not payload.is_eof():
                        if not await payload.readany():
                            break
            except (asyncio.TimeoutError, BadHttpMessage):
                return self._failure is not None
        return not self._closing or bool(self._messages)

    def _failed(self, request, status):
        if status == 500:
            text = "500 Internal Server Error\n\nServer got itself in trouble"
        else:
            text = f"{status}: Gateway Timeout"
        response = Response(status=status, text=text)
        response.force_close()
        return response

    def _log_access(self, request, response):
        log = self.server.access_log
        if log is not None and log.isEnabledFor(20):
            import time
            moment = time.strftime("[%d/%b/%Y:%H:%M:%S +0000]", time.gmtime())
            version = f"HTTP/{request.version[0]}.{request.version[1]}"
            log.info('%s %s "%s %s %s" %s %s "%s" "%s"', request.remote or "-", moment, request.method, request.path_qs,
                     version, response.status, response.body_length, request.headers.get("Referer", "-"),
                     request.headers.get("User-Agent", "-"))
