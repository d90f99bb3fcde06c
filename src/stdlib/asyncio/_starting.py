"""Methods of the event loop that connect pipes and start child processes.

Source: Library Reference "asyncio-eventloop", Working with pipes, Running Subprocesses.
"""

import subprocess

from .log import lazy_logger as logger


async def connect_read_pipe(self, protocol_factory, pipe):
    """Read from a pipe (a file object) by a protocol; return (transport, protocol)."""
    return await _connect(self, self._make_read_pipe_transport, "Read", protocol_factory, pipe)


async def connect_write_pipe(self, protocol_factory, pipe):
    """Write to a pipe (a file object); return (transport, protocol)."""
    return await _connect(self, self._make_write_pipe_transport, "Write", protocol_factory, pipe)


async def _connect(loop, make_transport, what, protocol_factory, pipe):
    protocol = protocol_factory()
    waiter = loop.create_future()
    transport = make_transport(pipe, protocol, waiter)
    try:
        await waiter
    except:
        transport.close()
        raise
    if loop.get_debug():
        logger.debug("%s pipe %r connected: (%r, %r)", what, pipe.fileno(), transport, protocol)
    return transport, protocol


def _format_pipe(fd):
    if fd == subprocess.PIPE:
        return "<pipe>"
    if fd == subprocess.STDOUT:
        return "<stdout>"
    return repr(fd)


def _log_subprocess(self, msg, stdin, stdout, stderr):
    about = [msg]
    if stdin is not None:
        about.append(f"stdin={_format_pipe(stdin)}")
    if stdout is not None and stderr == subprocess.STDOUT:
        about.append(f"stdout=stderr={_format_pipe(stdout)}")
    else:
        if stdout is not None:
            about.append(f"stdout={_format_pipe(stdout)}")
        if stderr is not None:
            about.append(f"stderr={_format_pipe(stderr)}")
    logger.debug(" ".join(about))


def _refuse_text(universal_newlines, shell, expected_shell, bufsize, text, encoding, errors):
    """Pipes of asyncio carry bytes, unbuffered."""
    if universal_newlines:
        raise ValueError("universal_newlines must be False")
    if bool(shell) is not expected_shell:
        raise ValueError(f"shell must be {expected_shell}")
    if bufsize != 0:
        raise ValueError("bufsize must be 0")
    if text:
        raise ValueError("text must be False")
    if encoding is not None:
        raise ValueError("encoding must be None")
    if errors is not None:
        raise ValueError("errors must be None")


async def subprocess_shell(self, protocol_factory, cmd, *, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, universal_newlines=False, shell=True, bufsize=0, encoding=None,
                           errors=None, text=None, **kwargs):
    """Start a command by the shell; return (transport, protocol)."""
    if not isinstance(cmd, (bytes, str)):
        raise ValueError("cmd must be a string")
    _refuse_text(universal_newlines, shell, True, bufsize, text, encoding, errors)
    return await _start(self, protocol_factory, f"run shell command {cmd!r}", cmd, True, stdin, stdout, stderr,
                        bufsize, kwargs)


async def subprocess_exec(self, protocol_factory, program, *args, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, universal_newlines=False, shell=False, bufsize=0, encoding=None,
                          errors=None, text=None, **kwargs):
    """Start a program with arguments; return (transport, protocol)."""
    _refuse_text(universal_newlines, shell, False, bufsize, text, encoding, errors)
    return await _start(self, protocol_factory, f"execute program {program!r}", (program,) + args, False, stdin,
                        stdout, stderr, bufsize, kwargs)


async def _start(loop, protocol_factory, about, args, shell, stdin, stdout, stderr, bufsize, kwargs):
    protocol = protocol_factory()
    if loop.get_debug():
        loop._log_subprocess(about, stdin, stdout, stderr)
    transport = await loop._make_subprocess_transport(protocol, args, shell, stdin, stdout, stderr, bufsize, **kwargs)
    if loop.get_debug():
        logger.info("%s: %r", about, transport)
    return transport, protocol
