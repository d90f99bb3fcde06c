"""Running applications: runners, the sites on which they listen, `run_app`.

Source: aiohttp's documentation, "Web Server Reference", "Running Applications".
"""

import asyncio
import os
import socket
from collections.abc import Iterable

from yarl import URL

from aiohttp.web_protocol import access_logger

__all__ = ["BaseSite", "TCPSite", "UnixSite", "SockSite", "BaseRunner", "AppRunner", "ServerRunner", "GracefulExit",
           "run_app"]


class GracefulExit(SystemExit):
    code = 1


def _raise_graceful_exit():
    raise GracefulExit()


class BaseSite:
    """A place where a runner's server listens."""

    def __init__(self, runner, *, ssl_context=None, backlog=128):
        if runner.server is None:
            raise RuntimeError("Call runner.setup() before making a site")
        self._runner = runner
        self._ssl_context = ssl_context
        self._backlog = backlog
        self._server = None

    @property
    def name(self):
        raise NotImplementedError

    async def start(self):
        self._runner._reg_site(self)

    async def stop(self):
        self._runner._check_site(self)
        if self._server is not None:
            self._server.close()
        self._runner._unreg_site(self)


class TCPSite(BaseSite):
    def __init__(self, runner, host=None, port=None, *, shutdown_timeout=60.0, ssl_context=None, backlog=128,
                 reuse_address=None, reuse_port=None):
        super().__init__(runner, ssl_context=ssl_context, backlog=backlog)
        self._host = host
        self._port = (8443 if ssl_context else 8080) if port is None else port
        self._reuse_address = reuse_address
        self._reuse_port = reuse_port

    @property
    def port(self):
        if self._server is not None and self._server.sockets:
            return self._server.sockets[0].getsockname()[1]
        return self._port

    @property
    def name(self):
        scheme = "https" if self._ssl_context else "http"
        return str(URL.build(scheme=scheme, host=self._host or "0.0.0.0", port=self.port))

    async def start(self):
        await super().start()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            self._runner.server, self._host, self._port, ssl=self._ssl_context, backlog=self._backlog,
            reuse_address=self._reuse_address, reuse_port=self._reuse_port)


class UnixSite(BaseSite):
    def __init__(self, runner, path, *, shutdown_timeout=60.0, ssl_context=None, backlog=128):
        super().__init__(runner, ssl_context=ssl_context, backlog=backlog)
        self._path = path

    @property
    def name(self):
        scheme = "https" if self._ssl_context else "http"
        return f"{scheme}://unix:{self._path}:"

    async def start(self):
        await super().start()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_unix_server(
            self._runner.server, self._path, ssl=self._ssl_context, backlog=self._backlog)


class SockSite(BaseSite):
    def __init__(self, runner, sock, *, shutdown_timeout=60.0, ssl_context=None, backlog=128):
        super().__init__(runner, ssl_context=ssl_context, backlog=backlog)
        self._sock = sock
        scheme = "https" if ssl_context else "http"
        if getattr(socket, "AF_UNIX", None) == sock.family:
            self._name = f"{scheme}://unix:{sock.getsockname()}:"
        else:
            host, port = sock.getsockname()[:2]
            self._name = str(URL.build(scheme=scheme, host=host, port=port))

    @property
    def name(self):
        return self._name

    async def start(self):
        await super().start()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            self._runner.server, sock=self._sock, ssl=self._ssl_context, backlog=self._backlog)


class BaseRunner:
    """A server and its sites."""

    def __init__(self, *, handle_signals=False, shutdown_timeout=60.0, **kwargs):
        self._handle_signals = handle_signals
        self._kwargs = kwargs
        self._server = None
        self._sites = []
        self._shutdown_timeout = shutdown_timeout

    @property
    def server(self):
        return self._server

    @property
    def addresses(self):
        return [sock.getsockname() for site in self._sites if site._server for sock in site._server.sockets]

    @property
    def sites(self):
        return set(self._sites)

    async def setup(self):
        """Makes the server; the application starts."""
        if self._handle_signals:
            import signal
            loop = asyncio.get_running_loop()
            try:
                loop.add_signal_handler(signal.SIGINT, _raise_graceful_exit)
                loop.add_signal_handler(signal.SIGTERM, _raise_graceful_exit)
            except (NotImplementedError, RuntimeError, ValueError):
                pass
        self._server = await self._make_server()

    async def cleanup(self):
        """Ends the sites, the connections and the application."""
        for site in list(self._sites):
            await site.stop()
        if self._server is not None:
            await asyncio.sleep(0)
            self._server.pre_shutdown()
            await self.shutdown()
            await self._server.shutdown(self._shutdown_timeout)
        await self._cleanup_server()
        self._server = None
        if self._handle_signals:
            import signal
            loop = asyncio.get_running_loop()
            try:
                loop.remove_signal_handler(signal.SIGINT)
                loop.remove_signal_handler(signal.SIGTERM)
            except (NotImplementedError, RuntimeError, ValueError):
                pass

    async def shutdown(self):
        pass

    async def _cleanup_server(self):
        pass

    def _reg_site(self, site):
        if site in self._sites:
            raise RuntimeError(f"Site {site} is already registered in runner {self}")
        self._sites.append(site)

    def _check_site(self, site):
        if site not in self._sites:
            raise RuntimeError(f"Site {site} is not registered in runner {self}")

    def _unreg_site(self, site):
        self._check_site(site)
        self._sites.remove(site)


class ServerRunner(BaseRunner):
    """Runs a server without an application."""

    def __init__(self, web_server, *, handle_signals=False, **kwargs):
        super().__init__(handle_signals=handle_signals, **kwargs)
        self._web_server = web_server

    async def _make_server(self):
        return self._web_server


class AppRunner(BaseRunner):
    """Runs an application."""

    def __init__(self, app, *, handle_signals=False, access_log=access_logger, **kwargs):
        from aiohttp.web_app import Application
        if not isinstance(app, Application):
            raise TypeError(f"The first argument should be web.Application instance, got {app!r}")
        kwargs.pop("access_log_class", None)
        kwargs.pop("access_log_format", None)
        super().__init__(handle_signals=handle_signals, access_log=access_log, **kwargs)
        self._app = app

    @property
    def app(self):
        return self._app

    async def shutdown(self):
        await self._app.shutdown()

    async def _make_server(self):
        self._app.on_startup.freeze()
        await self._app.startup()
        self._app.freeze()
        return self._app._make_handler(**self._kwargs)

    async def _cleanup_server(self):
        await self._app.cleanup()


def _is_list(value):
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, bytearray, memoryview))


async def _run_app(app, *, host=None, port=None, path=None, sock=None, ssl_context=None, print=print, backlog=128,
                   reuse_address=None, reuse_port=None, **kwargs):
    if asyncio.iscoroutine(app):
        app = await app
    runner = AppRunner(app, **kwargs)
    await runner.setup()
    try:
        sites = []
        options = {"ssl_context": ssl_context, "backlog": backlog}
        ways = {"reuse_address": reuse_address, "reuse_port": reuse_port}
        if host is not None:
            sites += [TCPSite(runner, one, port, **options, **ways) for one in (host if _is_list(host) else [host])]
        elif path is None and sock is None or port is not None:
            sites.append(TCPSite(runner, port=port, **options, **ways))
        if path is not None:
            sites += [UnixSite(runner, os.fspath(one), **options) for one in (path if _is_list(path) else [path])]
        if sock is not None:
            sites += [SockSite(runner, one, **options) for one in (sock if _is_list(sock) else [sock])]
        for site in sites:
            await site.start()
        if print:
            names = sorted(site.name for site in runner.sites)
            print(f"======== Running on {', '.join(names)} ========\n(Press CTRL+C to quit)")
        while True:
            await asyncio.sleep(3600)
    finally:
        await runner.cleanup()


def run_app(app, *, debug=None, host=None, port=None, path=None, sock=None, shutdown_timeout=60.0, keepalive_timeout=75.0,
            ssl_context=None, print=print, backlog=128, access_log_class=None, access_log_format=None,
            access_log=access_logger, handle_signals=True, reuse_address=None, reuse_port=None, handler_cancellation=False,
            loop=None, **kwargs):
    """Run an app locally"""
    if loop is None:
        loop = asyncio.new_event_loop()
    if debug is not None:
        loop.set_debug(debug)
    main = loop.create_task(_run_app(
        app, host=host, port=port, path=path, sock=sock, ssl_context=ssl_context, print=print, backlog=backlog,
        reuse_address=reuse_address, reuse_port=reuse_port, shutdown_timeout=shutdown_timeout,
        keepalive_timeout=keepalive_timeout, access_log=access_log, handle_signals=handle_signals))
    try:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(main)
    except (GracefulExit, KeyboardInterrupt):
        pass
    finally:
        try:
            main.cancel()
            try:
                loop.run_until_complete(main)
            except asyncio.CancelledError:
                pass
            rest = [task for task in asyncio.all_tasks(loop) if not task.done()]
            for task in rest:
                task.cancel()
            if rest:
                loop.run_until_complete(asyncio.gather(*rest, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()
            asyncio.set_event_loop(None)
