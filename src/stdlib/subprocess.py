"""Child processes: starting them, their input and output through pipes, their end.

Source: Library Reference "subprocess", PEP 324.
"""

import errno
import io
import os
import sys
import time
import types
import warnings

__all__ = [
    "Popen", "PIPE", "STDOUT", "call", "check_call", "getstatusoutput", "getoutput", "check_output", "run",
    "CalledProcessError", "DEVNULL", "SubprocessError", "TimeoutExpired", "CompletedProcess",
]

PIPE = -1
STDOUT = -2
DEVNULL = -3

# Children whose Popen objects are gone while they still ran: their ends are still to be taken.
_active = []


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    """Raised when run() is called with check=True and the process
    returns a non-zero exit status.

    Attributes:
      cmd, returncode, stdout, stderr, output
    """

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stderr = stderr

    def __str__(self):
        if self.returncode and self.returncode < 0:
            import signal

            try:
                name = repr(signal.Signals(-self.returncode))
                return f"Command '{self.cmd}' died with {name}."
            except ValueError:
                return f"Command '{self.cmd}' died with unknown signal {-self.returncode}."
        return f"Command '{self.cmd}' returned non-zero exit status {self.returncode}."

    @property
    def stdout(self):
        """Alias for output attribute, to match stderr"""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    """This exception is raised when the timeout expires while waiting for a
    child process.

    Attributes:
        cmd, output, stdout, stderr, timeout
    """

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = output
        self.stderr = stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"

    @property
    def stdout(self):
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class CompletedProcess:
    """A process that has finished running.

    This is returned by run().

    Attributes:
      args: The list or str args passed to run().
      returncode: The exit code of the process, negative for signals.
      stdout: The standard output (None if not captured).
      stderr: The standard error (None if not captured).
    """

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr

    def __repr__(self):
        parts = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        for name in ("stdout", "stderr"):
            value = getattr(self, name)
            if value is not None:
                parts.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    __class_getitem__ = classmethod(types.GenericAlias)

    def check_returncode(self):
        """Raise CalledProcessError if the exit code is non-zero."""
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


def list2cmdline(seq):
    """Translate a sequence of arguments into a command line string, as Windows has it."""
    words = []
    for arg in map(os.fsdecode, seq):
        quote = " " in arg or "\t" in arg or not arg
        text, backslashes = [], 0
        for char in arg:
            if char == "\\":
                backslashes += 1
                continue
            # Backslashes count only before a quotation mark.
            text.append("\\" * (backslashes * 2 if char == '"' else backslashes))
            backslashes = 0
            text.append('\\"' if char == '"' else char)
        text.append("\\" * (backslashes * 2 if quote else backslashes))
        word = "".join(text)
        words.append(f'"{word}"' if quote else word)
    return " ".join(words)


def _cleanup():
    for process in list(_active):
        if process._internal_poll() is not None and process in _active:
            _active.remove(process)


def call(*popenargs, timeout=None, **kwargs):
    """Run command with arguments.  Wait for command to complete or
    for timeout seconds, then return the returncode attribute.

    The arguments are the same as for the Popen constructor.
    """
    with Popen(*popenargs, **kwargs) as p:
        try:
            return p.wait(timeout=timeout)
        except:
            # Also for KeyboardInterrupt: the child is not left behind.
            p.kill()
            raise


def check_call(*popenargs, **kwargs):
    """Run command with arguments.  Wait for command to complete.  If
    the exit code was zero then return, otherwise raise
    CalledProcessError.
    """
    code = call(*popenargs, **kwargs)
    if code:
        cmd = kwargs.get("args")
        raise CalledProcessError(code, popenargs[0] if cmd is None else cmd)
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    """Run command with arguments and return its output.

    If the exit code was non-zero it raises a CalledProcessError. The
    CalledProcessError object will have the return code in the returncode
    attribute and output in the output attribute.
    """
    for name in ("stdout", "check"):
        if name in kwargs:
            raise ValueError(f"{name} argument not allowed, it will be overridden.")
    if "input" in kwargs and kwargs["input"] is None:
        # None is an empty input, for the sake of those who say so.
        is_text = any(kwargs.get(n) for n in ("universal_newlines", "text", "encoding", "errors"))
        kwargs["input"] = "" if is_text else b""
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def run(
    *popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs
):
    """Run command with arguments and return a CompletedProcess instance.

    The returned instance will have attributes args, returncode, stdout and
    stderr. By default, stdout and stderr are not captured, and those attributes
    will be None. Pass stdout=PIPE and/or stderr=PIPE in order to capture them,
    or pass capture_output=True to capture both.

    If check is True and the exit code was non-zero, it raises a
    CalledProcessError. If timeout is given and the process takes too long, it raises
    TimeoutExpired. The input is passed to the process; the other arguments are those of Popen.
    """
    if input is not None:
        if kwargs.get("stdin") is not None:
            raise ValueError("stdin and input arguments may not both be used.")
        kwargs["stdin"] = PIPE
    if capture_output:
        if kwargs.get("stdout") is not None or kwargs.get("stderr") is not None:
            raise ValueError("stdout and stderr arguments may not be used with capture_output.")
        kwargs["stdout"] = kwargs["stderr"] = PIPE
    with Popen(*popenargs, **kwargs) as process:
        try:
            stdout, stderr = process.communicate(input, timeout=timeout)
        except TimeoutExpired:
            process.kill()
            process.wait()
            raise
        except:
            process.kill()
            raise
        code = process.poll()
        if check and code:
            raise CalledProcessError(code, process.args, output=stdout, stderr=stderr)
    return CompletedProcess(process.args, code, stdout, stderr)


def getstatusoutput(cmd, *, encoding=None, errors=None):
    """Return (exitcode, output) of executing cmd in a shell."""
    try:
        data = check_output(
            cmd, shell=True, text=True, stderr=STDOUT, encoding=encoding, errors=errors
        )
        code = 0
    except CalledProcessError as error:
        data, code = error.output, error.returncode
    return code, data[:-1] if data[-1:] == "\n" else data


def getoutput(cmd, *, encoding=None, errors=None):
    """Return output (stdout or stderr) of executing cmd in a shell."""
    return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]


class Popen:
    """Execute a child program in a new process.

    `args` is a sequence of arguments or, with shell=True, a command of the shell; `stdin`,
    `stdout` and `stderr` are PIPE, DEVNULL, a descriptor or a file, and `stderr` also STDOUT.
    With `text`, `encoding` or `errors` the pipes carry text. `cwd` and `env` are the child's
    directory and environment.

    Attributes: stdin, stdout, stderr, pid, returncode
    """

    _child_created = False

    def __init__(
        self,
        args,
        bufsize=-1,
        executable=None,
        stdin=None,
        stdout=None,
        stderr=None,
        preexec_fn=None,
        close_fds=True,
        shell=False,
        cwd=None,
        env=None,
        universal_newlines=None,
        startupinfo=None,
        creationflags=0,
        restore_signals=True,
        start_new_session=False,
        pass_fds=(),
        *,
        user=None,
        group=None,
        extra_groups=None,
        encoding=None,
        errors=None,
        text=None,
        umask=-1,
        pipesize=-1,
        process_group=None,
    ):
        _cleanup()
        self._input = None
        self._communication_started = False
        if bufsize is None:
            bufsize = -1
        if not isinstance(bufsize, int):
            raise TypeError("bufsize must be an integer")
        if pipesize is None:
            pipesize = -1
        if not isinstance(pipesize, int):
            raise TypeError("pipesize must be an integer")
        if preexec_fn is not None:
            raise SubprocessError(
                "preexec_fn is not possible: nothing of the program runs in the child"
            )
        if startupinfo is not None:
            raise ValueError("startupinfo is only supported on Windows platforms")
        if creationflags != 0:
            raise ValueError("creationflags is only supported on Windows platforms")
        if pass_fds and not close_fds:
            warnings.warn("pass_fds overriding close_fds.", RuntimeWarning)
        self.args = args
        self.stdin = None
        self.stdout = None
        self.stderr = None
        self.pid = None
        self.returncode = None
        self.encoding = encoding
        self.errors = errors
        self.pipesize = pipesize
        if (
            text is not None
            and universal_newlines is not None
            and bool(universal_newlines) != bool(text)
        ):
            raise SubprocessError(
                "Cannot disambiguate when both text and universal_newlines are supplied but "
                "different. Pass one or the other."
            )
        self.text_mode = encoding or errors or text or universal_newlines
        if self.text_mode and encoding is None:
            self.encoding = encoding = "utf-8"
        line_buffering = False
        if bufsize == 1:
            if self.text_mode:
                line_buffering = True
            else:
                warnings.warn(
                    "line buffering (buffering=1) isn't supported in binary mode, "
                    "the default buffer size will be used",
                    RuntimeWarning,
                    stacklevel=2,
                )
            bufsize = -1
        if start_new_session and process_group is None:
            process_group = 0
        if process_group == -1:
            process_group = None
        # Ours and the child's end of each stream, and what is to be closed here afterwards.
        theirs, ours, to_close = self._streams(stdin, stdout, stderr)
        try:
            self._open_ends(ours, bufsize, line_buffering)
            self._execute(
                args, executable, shell, cwd, env, theirs, pass_fds, process_group
            )
        except:
            for file in filter(None, (self.stdin, self.stdout, self.stderr)):
                try:
                    file.close()
                except OSError:
                    pass
            raise
        finally:
            for fd in to_close:
                os.close(fd)

    __class_getitem__ = classmethod(types.GenericAlias)

    def __repr__(self):
        text = f"<{self.__class__.__name__}: returncode: {self.returncode} args: {self.args!r}>"
        if len(text) > 80:
            text = text[:76] + "...>"
        return text

    def _streams(self, stdin, stdout, stderr):
        theirs, ours, to_close = [-1, -1, -1], [-1, -1, -1], []
        null = None
        for index, given in enumerate((stdin, stdout, stderr)):
            if given is None:
                continue
            if given == PIPE:
                read, write = os.pipe()
                theirs[index], ours[index] = (read, write) if index == 0 else (write, read)
                to_close.append(theirs[index])
            elif given == DEVNULL:
                if null is None:
                    null = os.open(os.devnull, os.O_RDWR)
                    to_close.append(null)
                theirs[index] = null
            elif given == STDOUT and index == 2:
                theirs[2] = theirs[1] if theirs[1] != -1 else 1
            elif isinstance(given, int):
                theirs[index] = given
            else:
                theirs[index] = given.fileno()
        return theirs, ours, to_close

    def _open_ends(self, ours, bufsize, line_buffering):
        for name, fd, mode in (
            ("stdin", ours[0], "wb"),
            ("stdout", ours[1], "rb"),
            ("stderr", ours[2], "rb"),
        ):
            if fd == -1:
                continue
            file = io.open(fd, mode, bufsize)
            if self.text_mode:
                if name == "stdin":
                    file = io.TextIOWrapper(
                        file,
                        write_through=True,
                        line_buffering=line_buffering,
                        encoding=self.encoding,
                        errors=self.errors,
                    )
                else:
                    file = io.TextIOWrapper(file, encoding=self.encoding, errors=self.errors)
            setattr(self, name, file)

    def _execute(self, args, executable, shell, cwd, env, streams, pass_fds, group):
        import posix

        if isinstance(args, (str, bytes)):
            args = [args]
        elif isinstance(args, os.PathLike):
            if shell:
                raise TypeError("path-like args is not allowed when shell is true")
            args = [args]
        else:
            args = list(args)
        if shell:
            args = ["/bin/sh", "-c", *args]
            if executable:
                args[0] = executable
        if executable is None:
            executable = args[0]
        sys.audit("subprocess.Popen", executable, args, cwd, env)
        if env is not None:
            pairs = [(os.fsencode(k), os.fsencode(v)) for k, v in env.items()]
            for name, _ in pairs:
                if b"=" in name:
                    raise ValueError("illegal environment variable name")
        else:
            pairs = [(os.fsencode(k), os.fsencode(v)) for k, v in os.environ.items()]
        file = os.fsencode(executable)
        if b"/" not in file:
            file = self._search(file, env)
        if cwd is not None and not os.path.isdir(cwd):
            kind = NotADirectoryError if os.path.exists(cwd) else FileNotFoundError
            code = errno.ENOTDIR if os.path.exists(cwd) else errno.ENOENT
            raise kind(code, os.strerror(code), os.fspath(cwd))
        arguments = [os.fsencode(arg) for arg in args]
        try:
            self.pid = posix._start(
                file, arguments, pairs, cwd, streams, tuple(map(int, pass_fds)), group
            )
        except OSError as error:
            error.filename = os.fsdecode(executable) if isinstance(executable, bytes) else executable
            error.filename = os.fspath(error.filename)
            raise
        self._child_created = True

    @staticmethod
    def _search(file, env):
        """The file of a command on the PATH of the child's environment."""
        for folder in os.get_exec_path(env):
            path = os.path.join(os.fsencode(folder), file)
            if os.path.isfile(path) and os.access(os.fsdecode(path), os.X_OK):
                return path
        raise FileNotFoundError(
            errno.ENOENT, os.strerror(errno.ENOENT), os.fsdecode(file)
        )

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        if self.stdout:
            self.stdout.close()
        if self.stderr:
            self.stderr.close()
        try:
            if self.stdin:
                self.stdin.close()
        finally:
            if exc_type is None or not issubclass(exc_type, KeyboardInterrupt):
                self.wait()

    def __del__(self, _warn=warnings.warn):
        if not self._child_created:
            return
        if self.returncode is None:
            _warn(
                f"subprocess {self.pid} is still running", ResourceWarning, source=self
            )
        self._internal_poll()
        if self.returncode is None and _active is not None:
            _active.append(self)

    # ---- Input and output.

    def communicate(self, input=None, timeout=None):
        """Interact with process: Send data to stdin and close it.
        Read data from stdout and stderr, until end-of-file is
        reached.  Wait for process to terminate.

        The optional "input" argument should be data to be sent to the
        child process, or None, if no data should be sent to the child.
        communicate() returns a tuple (stdout, stderr).
        """
        if self._communication_started and input:
            raise ValueError("Cannot send input after starting communication")
        end = None if timeout is None else time.monotonic() + timeout
        try:
            stdout, stderr = self._communicate(input, end, timeout)
        finally:
            self._communication_started = True
        self.wait(timeout=self._remaining(end))
        return stdout, stderr

    @staticmethod
    def _remaining(end):
        return None if end is None else max(end - time.monotonic(), 0)

    def _communicate(self, input, end, timeout):
        import selectors

        if not self._communication_started:
            self._gathered = {}
            if self.stdin:
                try:
                    self.stdin.flush()
                except BrokenPipeError:
                    pass
                if not input:
                    self._close_stdin()
            for file in (self.stdout, self.stderr):
                if file:
                    self._gathered[file] = []
            if input is not None and self.stdin:
                if self.text_mode:
                    input = input.encode(self.stdin.encoding, self.stdin.errors)
                self._input = memoryview(input)
                self._sent = 0
        with selectors.DefaultSelector() as selector:
            if self.stdin and self._input is not None and not self.stdin.closed:
                selector.register(self.stdin, selectors.EVENT_WRITE)
            for file in self._gathered:
                if not file.closed:
                    selector.register(file, selectors.EVENT_READ)
            while selector.get_map():
                left = self._remaining(end)
                if left is not None and left <= 0:
                    self._give_up(timeout)
                for key, _ in selector.select(left):
                    if key.fileobj is self.stdin:
                        self._send_some(selector, key)
                    else:
                        self._receive_some(selector, key)
        return tuple(
            None if file is None else self._result(file)
            for file in (self.stdout, self.stderr)
        )

    def _send_some(self, selector, key):
        # No more than a pipe takes without blocking.
        piece = self._input[self._sent : self._sent + 512]
        try:
            self._sent += os.write(key.fd, piece)
            done = self._sent >= len(self._input)
        except BrokenPipeError:
            done = True
        if done:
            selector.unregister(key.fileobj)
            self._close_stdin()

    def _receive_some(self, selector, key):
        data = os.read(key.fd, 32768)
        if data:
            self._gathered[key.fileobj].append(data)
        else:
            selector.unregister(key.fileobj)
            key.fileobj.close()

    def _result(self, file):
        data = b"".join(self._gathered[file])
        if not self.text_mode:
            return data
        text = data.decode(file.encoding, file.errors)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _give_up(self, timeout):
        """The time is up: what came so far goes with the exception, as bytes."""
        parts = [
            b"".join(self._gathered.get(file, ())) or None if file else None
            for file in (self.stdout, self.stderr)
        ]
        raise TimeoutExpired(self.args, timeout, output=parts[0], stderr=parts[1])

    def _close_stdin(self):
        try:
            self.stdin.close()
        except BrokenPipeError:
            pass
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise

    # ---- The end.

    def poll(self):
        """Check if child process has terminated. Set and return returncode
        attribute."""
        return self._internal_poll()

    def _internal_poll(self):
        if self.returncode is None and self.pid is not None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                # Somebody else has taken its status.
                self.returncode = 0
            else:
                if pid == self.pid:
                    self._handle_exitstatus(status)
        return self.returncode

    def _handle_exitstatus(self, status):
        if os.WIFSTOPPED(status):
            self.returncode = -os.WSTOPSIG(status)
        else:
            self.returncode = os.waitstatus_to_exitcode(status)

    def wait(self, timeout=None):
        """Wait for child process to terminate; returns self.returncode."""
        if self.returncode is not None:
            return self.returncode
        if timeout is None:
            while self.returncode is None:
                try:
                    pid, status = os.waitpid(self.pid, 0)
                except ChildProcessError:
                    pid, status = self.pid, 0
                if self.returncode is None and pid == self.pid:
                    self._handle_exitstatus(status)
            return self.returncode
        if self._internal_poll() is None:
            import select

            try:
                fd = os.pidfd_open(self.pid)
            except ProcessLookupError:
                return self.wait()
            try:
                select.select([fd], [], [], max(timeout, 0))
            finally:
                os.close(fd)
            if self._internal_poll() is None:
                raise TimeoutExpired(self.args, timeout)
        return self.returncode

    def send_signal(self, sig):
        """Send a signal to the process."""
        # A number whose process has ended may belong to another one by now.
        self.poll()
        if self.returncode is not None:
            return
        try:
            os.kill(self.pid, int(sig))
        except ProcessLookupError:
            pass

    def terminate(self):
        """Terminate the process with SIGTERM"""
        self.send_signal(15)

    def kill(self):
        """Kill the process with SIGKILL"""
        self.send_signal(9)

    @property
    def universal_newlines(self):
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, value):
        self.text_mode = bool(value)


def _args_from_interpreter_flags():
    """The options with which this interpreter was started, for starting another."""
    args = []
    for name, option in (
        ("optimize", "O"),
        ("dont_write_bytecode", "B"),
        ("no_user_site", "s"),
        ("ignore_environment", "E"),
        ("isolated", "I"),
    ):
        value = getattr(sys.flags, name, 0)
        if value:
            args.append("-" + option * int(value))
    args += [f"-W{each}" for each in sys.warnoptions]
    for name, value in getattr(sys, "_xoptions", {}).items():
        args.append(f"-X{name}" if value is True else f"-X{name}={value}")
    return args


def _optim_args_from_interpreter_flags():
    value = sys.flags.optimize
    return ["-" + "O" * value] if value > 0 else []
