"""Asynchronous HTTP client and server on asyncio.

An own implementation of the interface of the package `aiohttp`; when the package is on the path, it is used instead.
Source: aiohttp's documentation.
"""

__version__ = "3.14.5"

from aiohttp import hdrs
from aiohttp._multipart import BodyPartReader, FormData, MultipartReader
from aiohttp._streams import EMPTY_PAYLOAD, StreamReader
from aiohttp._websocket import WebSocketError, WSCloseCode, WSMessage, WSMsgType
from aiohttp.client import (
    BaseConnector, BasicAuth, ClientResponse, ClientSession, ClientTimeout, ClientWebSocketResponse, ClientWSTimeout,
    RequestInfo, TCPConnector, UnixConnector, request,
)
from aiohttp.client_exceptions import *
from aiohttp.client_exceptions import __all__ as _exceptions
from aiohttp.cookiejar import CookieJar, DummyCookieJar
from aiohttp.web_request import HttpVersion, HttpVersion10, HttpVersion11

MsgType = WSMsgType

__all__ = [
    "hdrs", "BaseConnector", "BasicAuth", "BodyPartReader", "ClientResponse", "ClientSession", "ClientTimeout",
    "ClientWSTimeout", "ClientWebSocketResponse", "CookieJar", "DummyCookieJar", "EMPTY_PAYLOAD", "FormData", "HttpVersion",
    "HttpVersion10", "HttpVersion11", "MultipartReader", "RequestInfo", "StreamReader", "TCPConnector", "UnixConnector",
    "WSCloseCode", "WSMessage", "WSMsgType", "WebSocketError", "request", *_exceptions,
]
