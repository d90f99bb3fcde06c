"""WebSocket: messages over an upgraded connection, the same for both sides.

A frame is a head of 2 to 14 bytes and data; messages may come in several frames, with control frames between them. Clients
mask what they send.
Source: RFC 6455.
"""

import asyncio
import json
import os
from collections import deque, namedtuple
from enum import IntEnum

from _http import accept_digest, mask


MAX_MESSAGE = 4 * 2 ** 20


class WSMsgType(IntEnum):
    """Kinds of messages; those beyond one byte are made here, not sent."""

    CONTINUATION = 0x0
    TEXT = 0x1
    BINARY = 0x2
    PING = 0x9
    PONG = 0xA
    CLOSE = 0x8
    CLOSING = 0x100
    CLOSED = 0x101
    ERROR = 0x102

    text = TEXT
    binary = BINARY
    ping = PING
    pong = PONG
    close = CLOSE
    closing = CLOSING
    closed = CLOSED
    error = ERROR


class WSCloseCode(IntEnum):
    OK = 1000
    GOING_AWAY = 1001
    PROTOCOL_ERROR = 1002
    UNSUPPORTED_DATA = 1003
    ABNORMAL_CLOSURE = 1006
    INVALID_TEXT = 1007
    POLICY_VIOLATION = 1008
    MESSAGE_TOO_BIG = 1009
    MANDATORY_EXTENSION = 1010
    INTERNAL_ERROR = 1011
    SERVICE_RESTART = 1012
    TRY_AGAIN_LATER = 1013
    BAD_GATEWAY = 1014


class WebSocketError(Exception):
    """WebSocket protocol parser error."""

    def __init__(self, code, message):
        self.code = code
        super().__init__(code, message)

    def __str__(self):
        return self.args[1]


class WSMessage(namedtuple("WSMessage", ["type", "data", "extra"])):
    __slots__ = ()

    def json(self, *, loads=json.loads):
        """Return parsed JSON data."""
        return loads(self.data)


_CLOSING = WSMessage(WSMsgType.CLOSING, None, None)
_CLOSED = WSMessage(WSMsgType.CLOSED, None, None)


def accept_key(key):
    """The answer to the key of a handshake."""
    from base64 import b64encode
    return b64encode(accept_digest(key.encode())).decode()


class FrameParser:
    """Makes messages of frames; a message goes to the function given."""

    def __init__(self, on_message, max_msg_size=MAX_MESSAGE):
        self._on_message = on_message
        self._max = max_msg_size
        self._buffer = b""
        self._parts = []
        self._kind = None

    def feed(self, data):
        self._buffer += data
        while (frame := self._frame()) is not None:
            self._handle(*frame)

    def _frame(self):
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        first, second = buffer[0], buffer[1]
        if first & 0x70:
            raise WebSocketError(WSCloseCode.PROTOCOL_ERROR, "Received frame with non-zero reserved bits")
        opcode, final = first & 0xF, bool(first & 0x80)
        length, at = second & 0x7F, 2
        if opcode > 7 and (not final or length > 125):
            raise WebSocketError(WSCloseCode.PROTOCOL_ERROR, "Control frame payload cannot be larger than 125 bytes")
        if length > 125:
            size = 2 if length == 126 else 8
            if len(buffer) < at + size:
                return None
            length = int.from_bytes(buffer[at:at + size], "big")
            at += size
        if self._max and length > self._max:
            raise WebSocketError(WSCloseCode.MESSAGE_TOO_BIG, f"Message size {length} exceeds limit {self._max}")
        masked = second & 0x80
        start = at + (4 if masked else 0)
        if len(buffer) < start + length:
            return None
        data = buffer[start:start + length]
        if masked:
            data = mask(buffer[at:start], data)
        self._buffer = buffer[start + length:]
        return opcode, final, data

    def _handle(self, opcode, final, data):
        if opcode == WSMsgType.CLOSE:
            code = int.from_bytes(data[:2], "big") if len(data) >= 2 else 0
            self._on_message(WSMessage(WSMsgType.CLOSE, code, data[2:].decode("utf-8", "replace")))
        elif opcode in (WSMsgType.PING, WSMsgType.PONG):
            self._on_message(WSMessage(WSMsgType(opcode), data, ""))
        elif opcode in (WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.CONTINUATION):
            if (opcode == WSMsgType.CONTINUATION) != (self._kind is not None):
                raise WebSocketError(WSCloseCode.PROTOCOL_ERROR, "Continuation frame for non started message")
            if self._kind is None:
                self._kind = WSMsgType(opcode)
            self._parts.append(data)
            if self._max and sum(map(len, self._parts)) > self._max:
                raise WebSocketError(WSCloseCode.MESSAGE_TOO_BIG, f"Message size exceeds limit {self._max}")
            if final:
                kind, data = self._kind, b"".join(self._parts)
                self._kind, self._parts = None, []
                if kind is WSMsgType.TEXT:
                    try:
                        data = data.decode("utf-8")
                    except UnicodeDecodeError:
                        raise WebSocketError(WSCloseCode.INVALID_TEXT, "Invalid UTF-8 text message") from None
                self._on_message(WSMessage(kind, data, ""))
        else:
            raise WebSocketError(WSCloseCode.PROTOCOL_ERROR, f"Unexpected opcode={opcode!r}")


class WebSocketBase:
    """What both sides of a WebSocket do."""

    _masks = False

    def _begin(self, protocol, *, autoclose=True, autoping=True, timeout=10.0, receive_timeout=None, heartbeat=None,
               max_msg_size=MAX_MESSAGE):
        self._protocol = protocol
        self._autoclose = autoclose
        self._autoping = autoping
        self._close_timeout = timeout
        self._receive_timeout = receive_timeout
        self._heartbeat = heartbeat
        self._messages = deque()
        self._waiter = None
        self._closed = False
        self._closing = False
        self._close_code = None
        self._failure = None
        self._beat = None
        self._parser = FrameParser(self._got, max_msg_size)
        protocol.upgrade(self._feed, self._lost)
        self._schedule_heartbeat()

    # --- incoming

    def _feed(self, data):
        try:
            self._parser.feed(data)
        except WebSocketError as failure:
            self._failure = failure
            self._got(WSMessage(WSMsgType.ERROR, failure, None))

    def _lost(self, exception):
        self._cancel_heartbeat()
        if not self._closed:
            self._got(WSMessage(WSMsgType.CLOSED, None, None))

    def _got(self, message):
        self._messages.append(message)
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    def _schedule_heartbeat(self):
        self._cancel_heartbeat()
        if self._heartbeat:
            loop = asyncio.get_running_loop()
            self._beat = loop.call_later(self._heartbeat, self._send_heartbeat)

    def _send_heartbeat(self):
        if not self._closed:
            self._write(WSMsgType.PING, b"")
            loop = asyncio.get_running_loop()
            # Nothing within half the time: the other side is gone.
            self._beat = loop.call_later(self._heartbeat / 2, self._no_answer)

    def _no_answer(self):
        self._close_code = WSCloseCode.ABNORMAL_CLOSURE
        self._failure = asyncio.TimeoutError()
        self._closed = True
        self._protocol.close()
        self._got(WSMessage(WSMsgType.ERROR, self._failure, None))

    def _cancel_heartbeat(self):
        if self._beat is not None:
            self._beat.cancel()
            self._beat = None

    async def _next(self, timeout):
        while not self._messages:
            if self._waiter is not None:
                raise RuntimeError("Concurrent call to receive() is not allowed")
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(timeout):
                    await self._waiter
            finally:
                self._waiter = None
        return self._messages.popleft()

    async def receive(self, timeout=None):
        """The next message; CLOSED when there will be none."""
        while True:
            if self._closed and not self._messages:
                return _CLOSED
            if self._closing and not self._messages:
                return _CLOSING
            message = await self._next(timeout or self._receive_timeout)
            self._schedule_heartbeat()
            if message.type is WSMsgType.CLOSE:
                self._closing = True
                self._close_code = message.data
                if not self._closed and self._autoclose:
                    await self.close(code=message.data or WSCloseCode.OK)
            elif message.type is WSMsgType.CLOSED:
                self._closed = True
                if self._close_code is None:
                    self._close_code = WSCloseCode.ABNORMAL_CLOSURE
            elif message.type is WSMsgType.ERROR:
                if isinstance(message.data, WebSocketError):
                    self._close_code = message.data.code
                    await self.close(code=message.data.code)
            elif message.type is WSMsgType.PING and self._autoping:
                self._write(WSMsgType.PONG, message.data)
                continue
            elif message.type is WSMsgType.PONG and self._autoping:
                continue
            return message

    async def receive_str(self, *, timeout=None):
        message = await self.receive(timeout)
        if message.type is not WSMsgType.TEXT:
            raise TypeError(f"Received message {message.type}:{message.data!r} is not WSMsgType.TEXT")
        return message.data

    async def receive_bytes(self, *, timeout=None):
        message = await self.receive(timeout)
        if message.type is not WSMsgType.BINARY:
            raise TypeError(f"Received message {message.type}:{message.data!r} is not WSMsgType.BINARY")
        return message.data

    async def receive_json(self, *, loads=json.loads, timeout=None):
        return loads(await self.receive_str(timeout=timeout))

    def __aiter__(self):
        return self

    async def __anext__(self):
        message = await self.receive()
        if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED):
            raise StopAsyncIteration
        return message

    # --- outgoing

    def _write(self, opcode, data):
        length = len(data)
        bit = 0x80 if self._masks else 0
        if length < 126:
            head = bytes((0x80 | opcode, bit | length))
        elif length < 1 << 16:
            head = bytes((0x80 | opcode, bit | 126)) + length.to_bytes(2, "big")
        else:
            head = bytes((0x80 | opcode, bit | 127)) + length.to_bytes(8, "big")
        if self._masks:
            key = os.urandom(4)
            data = key + mask(key, data)
        self._protocol.write(head + data)

    async def _send(self, opcode, data):
        if self._closed or self._closing:
            raise ConnectionResetError("Cannot write to closing transport")
        self._write(opcode, data)
        await self._protocol.drain()

    async def send_str(self, data, compress=None):
        if not isinstance(data, str):
            raise TypeError(f"data argument must be str ({type(data)!r})")
        await self._send(WSMsgType.TEXT, data.encode("utf-8"))

    async def send_bytes(self, data, compress=None):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be byte-ish ({type(data)!r})")
        await self._send(WSMsgType.BINARY, bytes(data))

    async def send_json(self, data, compress=None, *, dumps=json.dumps):
        await self.send_str(dumps(data))

    async def ping(self, message=b""):
        await self._send(WSMsgType.PING, message.encode() if isinstance(message, str) else message)

    async def pong(self, message=b""):
        await self._send(WSMsgType.PONG, message.encode() if isinstance(message, str) else message)

    async def close(self, *, code=WSCloseCode.OK, message=b""):
        """Says goodbye and waits for the answer; false when it was closed already."""
        if self._closed:
            return False
        self._cancel_heartbeat()
        self._closed = True
        if isinstance(message, str):
            message = message.encode()
        try:
            self._write(WSMsgType.CLOSE, int(code).to_bytes(2, "big") + message)
            if self._close_code is None or not self._closing:
                # The other side has not said it yet.
                while not self._closing:
                    got = await self._next(self._close_timeout)
                    if got.type is WSMsgType.CLOSE:
                        self._close_code = got.data
                        break
                    if got.type in (WSMsgType.CLOSED, WSMsgType.ERROR):
                        self._close_code = self._close_code or WSCloseCode.ABNORMAL_CLOSURE
                        break
        except (ConnectionError, asyncio.TimeoutError) as failure:
            self._close_code = WSCloseCode.ABNORMAL_CLOSURE
            self._failure = failure
        finally:
            self._protocol.close()
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            self._messages.append(_CLOSING)
            waiter.set_result(None)
        return True

    @property
    def closed(self):
        return self._closed

    @property
    def close_code(self):
        return self._close_code

    def exception(self):
        return self._failure

    def get_extra_info(self, name, default=None):
        return self._protocol.transport.get_extra_info(name, default)
