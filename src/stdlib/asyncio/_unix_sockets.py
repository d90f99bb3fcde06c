"""Methods of the Unix event loop for Unix sockets, and for sending files by the system.

Source: Library Reference "asyncio-eventloop".
"""

import errno
import os
import socket

from . import _serving, exceptions, selector_events, tasks
from ._connecting import _check_tls_arguments
from .log import lazy_logger as logger


async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
                                 ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
    """Connect to a Unix socket; return (transport, protocol)."""
    assert server_hostname is None or isinstance(server_hostname, str)
    if ssl:
        if server_hostname is None:
            raise ValueError("you have to pass server_hostname when using ssl")
    elif server_hostname is not None:
        raise ValueError("server_hostname is only meaningful with ssl")
    _check_tls_arguments(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)

    if path is not None:
        if sock is not None:
            raise ValueError("path and sock can not be specified at the same time")
        path = os.fspath(path)
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
        try:
            sock.setblocking(False)
            await self.sock_connect(sock, path)
        except:
            sock.close()
            raise
    else:
        _check_given(sock, "no path and sock were specified")
        sock.setblocking(False)
    return await self._create_connection_transport(
        sock, protocol_factory, ssl, server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
        ssl_shutdown_timeout=ssl_shutdown_timeout)


def _check_given(sock, if_missing):
    if sock is None:
        raise ValueError(if_missing)
    if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A UNIX Domain Stream Socket was expected, got {sock!r}")


async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None,
                             ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True,
                             cleanup_socket=True):
    """Listen at a Unix socket; return a server.  The file is removed when the server closes."""
    if isinstance(ssl, bool):
        raise TypeError("ssl argument must be an SSLContext or None")
    _check_tls_arguments(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)

    if path is not None:
        if sock is not None:
            raise ValueError("path and sock can not be specified at the same time")
        sock = _bind(os.fspath(path))
    else:
        _check_given(sock, "path was not specified, and no sock specified")

    if cleanup_socket:
        name = sock.getsockname()
        # An abstract name, which begins with a zero, is no file.
        if name and name[0] not in (0, "\x00"):
            # By the inode: another server may put a file of this name there later.
            try:
                self._unix_server_sockets[sock] = os.stat(name).st_ino
            except FileNotFoundError:
                pass

    sock.setblocking(False)
    server = _serving.Server(self, [sock], protocol_factory, ssl, backlog, ssl_handshake_timeout,
                             ssl_shutdown_timeout)
    if start_serving:
        server._start_serving()
        await tasks.sleep(0)
    return server


def _bind(path):
    """A socket bound to this path, in place of one that a server has left behind."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    if path[0] not in (0, "\x00"):
        import stat
        try:
            if stat.S_ISSOCK(os.stat(path).st_mode):
                os.remove(path)
        except FileNotFoundError:
            pass
        except OSError as exc:
            logger.error("Unable to check or remove stale UNIX socket %r: %r", path, exc)
    try:
        sock.bind(path)
    except OSError as exc:
        sock.close()
        if exc.errno == errno.EADDRINUSE:
            # With the path, which the system does not tell.
            raise OSError(errno.EADDRINUSE, f"Address {path!r} is already in use") from None
        raise
    except:
        sock.close()
        raise
    return sock


def _stop_serving(self, sock):
    inode = self._unix_server_sockets.pop(sock, None) if sock.family == socket.AF_UNIX else None
    name = sock.getsockname() if inode is not None else None
    selector_events.BaseSelectorEventLoop._stop_serving(self, sock)
    if inode is not None:
        try:
            if os.stat(name).st_ino == inode:
                os.unlink(name)
        except FileNotFoundError:
            pass
        except OSError as exc:
            logger.error("Unable to clean up listening UNIX socket %r: %r", name, exc)


async def _sock_sendfile_native(self, sock, file, offset, count):
    if not hasattr(os, "sendfile"):
        raise exceptions.SendfileNotAvailableError("os.sendfile() is not available")
    import io
    try:
        fileno = file.fileno()
        size = os.fstat(fileno).st_size
    except (AttributeError, io.UnsupportedOperation, OSError):
        raise exceptions.SendfileNotAvailableError("not a regular file")
    block = count if count else size
    if not block:
        # An empty file.
        return 0
    future = self.create_future()
    self._sock_sendfile_native_impl(future, None, sock, fileno, offset, count, block, 0)
    return await future


def _sock_sendfile_native_impl(self, fut, registered_fd, sock, fileno, offset, count, blocksize, total_sent):
    """One call of the system; as long as there is more, this is called again when the socket is ready."""
    fd = sock.fileno()
    if registered_fd is not None:
        self.remove_writer(registered_fd)
    if fut.cancelled():
        self._sock_sendfile_update_filepos(fileno, offset, total_sent)
        return
    if count:
        blocksize = count - total_sent
        if blocksize <= 0:
            self._sock_sendfile_update_filepos(fileno, offset, total_sent)
            fut.set_result(total_sent)
            return

    def again():
        self.add_writer(fd, self._sock_sendfile_native_impl, fut, fd, sock, fileno, offset, count, blocksize,
                        total_sent)

    # The system takes no more than this at once.
    blocksize = min(blocksize, 0x7fff_ffff)
    try:
        sent = os.sendfile(fd, fileno, offset, blocksize)
    except (BlockingIOError, InterruptedError):
        if registered_fd is None:
            self._sock_add_cancellation_callback(fut, sock)
        again()
    except OSError as exc:
        if registered_fd is not None and exc.errno == errno.ENOTCONN and type(exc) is not ConnectionError:
            # The socket was connected at the first attempt.
            lost = ConnectionError("socket is not connected", errno.ENOTCONN)
            lost.__cause__ = exc
            exc = lost
        if total_sent == 0:
            # A file system that cannot do this, perhaps: nothing is lost, and there is another way.
            unable = exceptions.SendfileNotAvailableError("os.sendfile call failed")
            unable.__cause__ = exc
            self._sock_sendfile_update_filepos(fileno, offset, total_sent)
            fut.set_exception(unable)
        else:
            self._sock_sendfile_update_filepos(fileno, offset, total_sent)
            fut.set_exception(exc)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as exc:
        self._sock_sendfile_update_filepos(fileno, offset, total_sent)
        fut.set_exception(exc)
    else:
        if sent == 0:
            # The end of the file.
            self._sock_sendfile_update_filepos(fileno, offset, total_sent)
            fut.set_result(total_sent)
            return
        offset += sent
        total_sent += sent
        if registered_fd is None:
            self._sock_add_cancellation_callback(fut, sock)
        again()


def _sock_sendfile_update_filepos(self, fileno, offset, total_sent):
    if total_sent > 0:
        os.lseek(fileno, offset, os.SEEK_SET)


def _sock_add_cancellation_callback(self, fut, sock):
    def stop(fut):
        if fut.cancelled():
            fd = sock.fileno()
            if fd != -1:
                self.remove_writer(fd)

    fut.add_done_callback(stop)
