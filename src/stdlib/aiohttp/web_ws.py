"""WebSocket on the side of a server.

Source: aiohttp's documentation, "Web Server Reference", "WebSocketResponse".
"""

from collections import namedtuple

from multidict import CIMultiDict

from aiohttp._websocket import MAX_MESSAGE, WebSocketBase, WSCloseCode, WSMessage, WSMsgType, accept_key
from aiohttp.web_exceptions import HTTPBadRequest
from aiohttp.web_response import StreamResponse

__all__ = ["WebSocketResponse", "WebSocketReady", "WSMsgType", "WSMessage", "WSCloseCode"]


class WebSocketReady(namedtuple("WebSocketReady", ["ok", "protocol"])):
    __slots__ = ()

    def __bool__(self):
        return self.ok


class WebSocketResponse(WebSocketBase, StreamResponse):
    """A response that becomes a WebSocket when it is prepared."""

    _length_known = True

    def __init__(self, *, timeout=10.0, receive_timeout=None, autoclose=True, autoping=True, heartbeat=None, protocols=(),
                 compress=True, max_msg_size=MAX_MESSAGE, writer_limit=None):
        StreamResponse.__init__(self, status=101)
        self._protocols = protocols
        self._ws_protocol = None
        self._options = {"timeout": timeout, "receive_timeout": receive_timeout, "autoclose": autoclose,
                         "autoping": autoping, "heartbeat": heartbeat, "max_msg_size": max_msg_size}
        self._closed = False
        self._close_code = None
        self._failure = None

    @property
    def ws_protocol(self):
        return self._ws_protocol

    def _handshake(self, request):
        headers = request.headers
        if headers.get("Upgrade", "").lower().strip() != "websocket":
            raise HTTPBadRequest(text=f"No WebSocket UPGRADE hdr: {headers.get('Upgrade')}\n Can \"Upgrade\" only to "
                                      "\"WebSocket\".")
        if "upgrade" not in headers.get("Connection", "").lower():
            raise HTTPBadRequest(text=f"No CONNECTION upgrade hdr: {headers.get('Connection')}")
        if headers.get("Sec-WebSocket-Version") not in ("13", "8", "7"):
            raise HTTPBadRequest(text=f"Unsupported version: {headers.get('Sec-WebSocket-Version')}")
        key = headers.get("Sec-WebSocket-Key")
        if not key:
            raise HTTPBadRequest(text=f"Handshake error: {key!r}")
        answer = CIMultiDict({"Upgrade": "websocket", "Connection": "upgrade", "Sec-WebSocket-Accept": accept_key(key)})
        offered = [name.strip() for name in headers.get("Sec-WebSocket-Protocol", "").split(",") if name.strip()]
        chosen = next((name for name in offered if name in self._protocols), None)
        if chosen is not None:
            answer["Sec-WebSocket-Protocol"] = chosen
        return answer, chosen

    def can_prepare(self, request):
        try:
            _, protocol = self._handshake(request)
        except HTTPBadRequest:
            return WebSocketReady(False, None)
        return WebSocketReady(True, protocol)

    async def prepare(self, request):
        if self._protocol is not None:
            return self._protocol
        answer, self._ws_protocol = self._handshake(request)
        self._headers.update(answer)
        self._keep_alive = True
        protocol = await StreamResponse.prepare(self, request)
        self._keep_alive = False
        self._begin(protocol, **self._options)
        return protocol

    def _require(self):
        if self._protocol is None:
            raise RuntimeError("Call .prepare() first")

    async def receive(self, timeout=None):
        self._require()
        return await super().receive(timeout)

    async def _send(self, opcode, data):
        self._require()
        await super()._send(opcode, data)

    async def close(self, *, code=WSCloseCode.OK, message=b"", drain=True):
        self._require()
        return await super().close(code=code, message=message)

    async def write(self, data):
        raise RuntimeError("Cannot call .write() for websocket")

    async def write_eof(self, data=b""):
        if self._eof_sent:
            return
        if self._protocol is not None:
            try:
                await self.close()
            except ConnectionError:
                pass
        self._eof_sent = True
