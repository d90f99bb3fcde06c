"""The server's side of aiohttp: everything under one name.

Source: aiohttp's documentation, "Web Server Reference".
"""

from aiohttp.web_app import AppKey, Application, CleanupError, Signal, middleware, normalize_path_middleware
from aiohttp.web_exceptions import *
from aiohttp.web_protocol import RequestHandler, Server
from aiohttp.web_request import BaseRequest, FileField, HttpVersion, Request
from aiohttp.web_response import ContentCoding, FileResponse, Response, StreamResponse, json_response
from aiohttp.web_runner import (
    AppRunner, BaseRunner, BaseSite, GracefulExit, ServerRunner, SockSite, TCPSite, UnixSite, run_app, _run_app,
)
from aiohttp.web_urldispatcher import (
    AbstractResource, AbstractRoute, DynamicResource, PlainResource, Resource, ResourceRoute, RouteDef, RouteTableDef,
    StaticDef, StaticResource, UrlDispatcher, UrlMappingMatchInfo, View, delete, get, head, options, patch, post, put,
    route, static, view,
)
from aiohttp.web_ws import WebSocketReady, WebSocketResponse, WSCloseCode, WSMessage, WSMsgType
