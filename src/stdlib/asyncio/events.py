"""What an event loop, a server and a policy are; which loop is the current one.

Three questions are easily mixed up. *Which loop runs in this thread?* `get_running_loop`; nearly always this is the one
to ask. *Which loop shall this thread use when it runs none?* That is the policy's answer, set by `set_event_loop`.
*How is a loop made?* By the policy too, `new_event_loop`. `get_event_loop` gives the running loop, else the policy's.
Sources: Library Reference "asyncio-eventloop" and "asyncio-policy", PEP 3156.
"""

import _eras
import posix
import sys

from _asyncio import (Handle, TimerHandle, _get_running_loop, _set_running_loop, get_event_loop,
                      get_running_loop)
from _thread import _local, allocate_lock

__all__ = ("AbstractEventLoopPolicy", "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle",
           "get_event_loop_policy", "set_event_loop_policy", "get_event_loop", "set_event_loop", "new_event_loop",
           "get_child_watcher", "set_child_watcher", "_set_running_loop", "get_running_loop", "_get_running_loop")

# There is one implementation; under these names programs that compare two find it.
_py__get_running_loop = _c__get_running_loop = _get_running_loop
_py__set_running_loop = _c__set_running_loop = _set_running_loop
_py_get_running_loop = _c_get_running_loop = get_running_loop
_py_get_event_loop = _c_get_event_loop = get_event_loop

# Values of `subprocess` and `socket`, which are large modules to import for three defaults.
_PIPE = -1
_AF_UNSPEC = 0
_AI_PASSIVE = 1


class AbstractServer:
    """What `create_server` returns."""

    def close(self):
        """Stop listening; connections stay."""
        raise NotImplementedError

    def close_clients(self):
        """Close the connections."""
        raise NotImplementedError

    def abort_clients(self):
        """Close the connections at once, and lose what is not sent."""
        raise NotImplementedError

    def get_loop(self):
        """The loop of the server."""
        raise NotImplementedError

    def is_serving(self):
        """Whether connections are accepted."""
        raise NotImplementedError

    async def start_serving(self):
        """Begin to accept connections."""
        raise NotImplementedError

    async def serve_forever(self):
        """Accept connections until cancelled."""
        raise NotImplementedError

    async def wait_closed(self):
        """Wait until the server is closed and all its connections are."""
        raise NotImplementedError

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """Everything that a loop can do; each loop does what it can."""

    # Running.

    def run_forever(self):
        """Run until `stop` is called."""
        raise NotImplementedError

    def run_until_complete(self, future):
        """Run until the future is done, and return its result."""
        raise NotImplementedError

    def stop(self):
        """Stop as soon as the callbacks that are ready have run."""
        raise NotImplementedError

    def is_running(self):
        """Whether the loop runs."""
        raise NotImplementedError

    def is_closed(self):
        """Whether the loop was closed."""
        raise NotImplementedError

    def close(self):
        """Let go of all that the loop holds; it cannot run again."""
        raise NotImplementedError

    async def shutdown_asyncgens(self):
        """Close all asynchronous generators that are under way."""
        raise NotImplementedError

    async def shutdown_default_executor(self):
        """Wait for the threads of the default executor to end."""
        raise NotImplementedError

    # Callbacks and time.

    def _timer_handle_cancelled(self, handle):
        raise NotImplementedError

    def call_soon(self, callback, *args, context=None):
        """Call this in the next turn of the loop."""
        return self.call_later(0, callback, *args, context=context)

    def call_later(self, delay, callback, *args, context=None):
        """Call this in that many seconds."""
        raise NotImplementedError

    def call_at(self, when, callback, *args, context=None):
        """Call this when the loop's clock shows that time."""
        raise NotImplementedError

    def time(self):
        """The loop's clock."""
        raise NotImplementedError

    def create_future(self):
        """A new future of this loop."""
        raise NotImplementedError

    def create_task(self, coro, *, name=None, context=None):
        """A new task of this loop."""
        raise NotImplementedError

    # Threads.

    def call_soon_threadsafe(self, callback, *args, context=None):
        """As `call_soon`, from any thread."""
        raise NotImplementedError

    def run_in_executor(self, executor, func, *args):
        """Call a function in another thread."""
        raise NotImplementedError

    def set_default_executor(self, executor):
        """Set the executor that None stands for."""
        raise NotImplementedError

    # Network.

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        raise NotImplementedError

    async def getnameinfo(self, sockaddr, flags=0):
        raise NotImplementedError

    async def create_connection(self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0,
                                flags=0, sock=None, local_addr=None, server_hostname=None,
                                ssl_handshake_timeout=None, ssl_shutdown_timeout=None, happy_eyeballs_delay=None,
                                interleave=None):
        """Connect by TCP; return (transport, protocol)."""
        raise NotImplementedError

    async def create_server(self, protocol_factory, host=None, port=None, *, family=_AF_UNSPEC, flags=_AI_PASSIVE,
                            sock=None, backlog=100, ssl=None, reuse_address=None, reuse_port=None, keep_alive=None,
                            ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True):
        """Listen for TCP connections; return a server."""
        raise NotImplementedError

    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
        """Send a file through a transport; return how many bytes."""
        raise NotImplementedError

    async def start_tls(self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None,
                        ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Change a connection to TLS; return its new transport."""
        raise NotImplementedError

    async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None,
                                     server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        raise NotImplementedError

    async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None,
                                 ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True):
        raise NotImplementedError

    async def connect_accepted_socket(self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None,
                                      ssl_shutdown_timeout=None):
        """Serve a connection that was accepted elsewhere."""
        raise NotImplementedError

    async def create_datagram_endpoint(self, protocol_factory, local_addr=None, remote_addr=None, *, family=0,
                                       proto=0, flags=0, reuse_address=None, reuse_port=None, allow_broadcast=None,
                                       sock=None):
        """Open a UDP socket; return (transport, protocol)."""
        raise NotImplementedError

    # Pipes and processes.

    async def connect_read_pipe(self, protocol_factory, pipe):
        raise NotImplementedError

    async def connect_write_pipe(self, protocol_factory, pipe):
        raise NotImplementedError

    async def subprocess_shell(self, protocol_factory, cmd, *, stdin=_PIPE, stdout=_PIPE, stderr=_PIPE, **kwargs):
        raise NotImplementedError

    async def subprocess_exec(self, protocol_factory, *args, stdin=_PIPE, stdout=_PIPE, stderr=_PIPE, **kwargs):
        raise NotImplementedError

    # Readiness of descriptors.

    def add_reader(self, fd, callback, *args):
        raise NotImplementedError

    def remove_reader(self, fd):
        raise NotImplementedError

    def add_writer(self, fd, callback, *args):
        raise NotImplementedError

    def remove_writer(self, fd):
        raise NotImplementedError

    # Sockets.

    async def sock_recv(self, sock, nbytes):
        raise NotImplementedError

    async def sock_recv_into(self, sock, buf):
        raise NotImplementedError

    async def sock_recvfrom(self, sock, bufsize):
        raise NotImplementedError

    async def sock_recvfrom_into(self, sock, buf, nbytes=0):
        raise NotImplementedError

    async def sock_sendall(self, sock, data):
        raise NotImplementedError

    async def sock_sendto(self, sock, data, address):
        raise NotImplementedError

    async def sock_connect(self, sock, address):
        raise NotImplementedError

    async def sock_accept(self, sock):
        raise NotImplementedError

    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=None):
        raise NotImplementedError

    # Signals.

    def add_signal_handler(self, sig, callback, *args):
        raise NotImplementedError

    def remove_signal_handler(self, sig):
        raise NotImplementedError

    # Settings.

    def set_task_factory(self, factory):
        raise NotImplementedError

    def get_task_factory(self):
        raise NotImplementedError

    def get_exception_handler(self):
        raise NotImplementedError

    def set_exception_handler(self, handler):
        raise NotImplementedError

    def default_exception_handler(self, context):
        raise NotImplementedError

    def call_exception_handler(self, context):
        raise NotImplementedError

    def get_debug(self):
        raise NotImplementedError

    def set_debug(self, enabled):
        raise NotImplementedError


class AbstractEventLoopPolicy:
    """Which loop a thread uses, and how loops are made."""

    def get_event_loop(self):
        raise NotImplementedError

    def set_event_loop(self, loop):
        raise NotImplementedError

    def new_event_loop(self):
        raise NotImplementedError

    def get_child_watcher(self):
        raise NotImplementedError

    def set_child_watcher(self, watcher):
        raise NotImplementedError


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """A loop for each thread: made when first asked for in the main thread, to be set in all others."""

    _loop_factory = None

    class _Local(_local):
        _loop = None
        _set_called = False

    def __init__(self):
        self._local = self._Local()

    def get_event_loop(self):
        """The loop of this thread.  In the main thread one is made where none was set, with a warning."""
        local = self._local
        if local._loop is None and not local._set_called and _eras.has("asyncio.get_event_loop() without a loop"):
            import threading
            if threading.current_thread() is threading.main_thread():
                # 3.12 was the first to warn here, after 3.10.0 to 3.10.8 and 3.11.0.
                if _eras.version() >= 12:
                    import warnings
                    warnings.warn("There is no current event loop", DeprecationWarning, stacklevel=_level_of_caller())
                self.set_event_loop(self.new_event_loop())
        if local._loop is None:
            import threading
            raise RuntimeError("There is no current event loop in thread %r." % threading.current_thread().name)
        return local._loop

    def set_event_loop(self, loop):
        """Set the loop of this thread; None: it has none, and none is to be made."""
        self._local._set_called = True
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        self._local._loop = loop

    def new_event_loop(self):
        """A new loop; it must be set as the thread's loop by whoever wants that."""
        return self._loop_factory()


def _level_of_caller():
    """The stack level, for a warning, of the innermost caller outside asyncio."""
    level = 2
    frame = sys._getframe(2)
    while frame is not None:
        module = frame.f_globals.get("__name__")
        if not (module == "asyncio" or isinstance(module, str) and module.startswith("asyncio.")):
            break
        frame = frame.f_back
        level += 1
    return level


_event_loop_policy = None
_lock = allocate_lock()


def _warn_of_policies(name):
    """Since Python 3.14: the choice of a loop is `asyncio.run(main(), loop_factory=...)`."""
    if _eras.version() >= 14:
        import warnings
        warnings.warn(f"'asyncio.{name}' is deprecated and slated for removal in Python 3.16",
                      DeprecationWarning, stacklevel=3)


def get_event_loop_policy():
    """The policy of the process."""
    _warn_of_policies("get_event_loop_policy")
    return _get_event_loop_policy()


def _get_event_loop_policy():
    """The same, for asyncio itself."""
    global _event_loop_policy
    if _event_loop_policy is None:
        from .unix_events import DefaultEventLoopPolicy
        with _lock:
            if _event_loop_policy is None:
                _event_loop_policy = DefaultEventLoopPolicy()
    return _event_loop_policy


def set_event_loop_policy(policy):
    """Set the policy of the process; None: the default."""
    _warn_of_policies("set_event_loop_policy")
    global _event_loop_policy
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError("policy must be an instance of AbstractEventLoopPolicy or None, "
                        f"not '{type(policy).__name__}'")
    _event_loop_policy = policy


def set_event_loop(loop):
    """Set the loop of this thread."""
    _get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """A new loop."""
    return _get_event_loop_policy().new_event_loop()


def get_child_watcher():
    """What tells loops that processes ended (until Python 3.13)."""
    return _get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    """Set what tells loops that processes ended (until Python 3.13)."""
    return _get_event_loop_policy().set_child_watcher(watcher)


def _after_fork():
    """A child process has no loop yet, whatever its parent was doing."""
    if _event_loop_policy is not None:
        _event_loop_policy._local = BaseDefaultEventLoopPolicy._Local()
    _set_running_loop(None)


if hasattr(posix, "register_at_fork"):
    posix.register_at_fork(after_in_child=_after_fork)


def __getattr__(name):
    if name in ("os", "threading"):
        return __import__(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
