"""OS routines: files and directories, the environment, descriptors, processes.

Source: Standard Library, "os".
"""

import _eras
import abc
import posixpath as path
import sys

import posix
from posix import (
    F_OK, O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, R_OK, W_OK, X_OK,
    _exit, chdir, fspath, getcwd, getpid, isatty, listdir, lstat, mkdir, remove, rename, replace, rmdir, stat,
    stat_result, strerror, unlink, urandom,
)
from posix import (
    O_CLOEXEC, O_DIRECTORY, O_NDELAY, O_NOCTTY, O_NOFOLLOW, O_NONBLOCK, O_SYNC, SEEK_CUR, SEEK_END, SEEK_SET, close,
    closerange, dup, dup2, fstat, fsync, ftruncate, get_blocking, get_inheritable, lseek, pipe, pread, pwrite, read,
    readinto, set_blocking, set_inheritable, write,
)
from posix import (
    chmod, getegid, geteuid, getgid, getpgid, getpgrp, getppid, getuid, kill, killpg, link, mkfifo, pidfd_open, readlink,
    symlink, umask, waitpid,
)
from posixpath import altsep, curdir, defpath, devnull, extsep, pardir, pathsep, sep

__all__ = [
    "DirEntry", "F_OK", "O_APPEND", "O_CREAT", "O_EXCL", "O_RDONLY", "O_RDWR", "O_TRUNC", "O_WRONLY", "PathLike",
    "R_OK", "W_OK", "X_OK", "_exit", "access", "altsep", "chdir", "cpu_count", "curdir", "defpath", "devnull",
    "environ", "error", "extsep", "fsdecode", "fsencode", "fspath", "get_exec_path", "getcwd", "getcwdb", "getenv",
    "getpid", "isatty", "linesep", "listdir", "lstat", "makedirs", "mkdir", "name", "pardir", "path", "pathsep",
    "process_cpu_count", "putenv", "remove", "removedirs", "rename", "renames", "replace", "rmdir", "scandir", "sep",
    "stat", "stat_result", "strerror", "uname", "unlink", "unsetenv", "urandom", "walk",
    "O_CLOEXEC", "O_DIRECTORY", "O_NDELAY", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK", "O_SYNC", "SEEK_CUR", "SEEK_END",
    "EX_OK", "P_NOWAIT", "P_WAIT", "WCONTINUED", "WCOREDUMP", "WEXITSTATUS", "WIFEXITED", "WIFSIGNALED", "WIFSTOPPED",
    "WNOHANG", "WSTOPSIG", "WTERMSIG", "WUNTRACED", "abort", "chmod", "fchmod", "get_terminal_size", "getegid", "geteuid",
    "getgid", "getpgid", "getpgrp", "getppid", "getuid", "kill", "killpg", "link", "mkfifo", "pidfd_open", "popen",
    "readlink", "supports_bytes_environ", "supports_dir_fd", "supports_effective_ids", "supports_fd",
    "supports_follow_symlinks", "symlink", "sysconf", "system", "terminal_size", "truncate", "umask", "utime", "wait",
    "waitpid", "waitstatus_to_exitcode",
    "SEEK_SET", "close", "closerange", "dup", "dup2", "fdopen", "fstat", "fsync", "ftruncate", "get_blocking",
    "get_inheritable", "lseek", "open", "pipe", "pread", "pwrite", "read", "set_blocking", "set_inheritable", "write",
]

name = "posix"
linesep = "\n"
error = OSError
sys.modules["os.path"] = path

from _collections_abc import MutableMapping


class _Environ(MutableMapping):
    """The environment of the process, as it was when the program started, and what the program changed since."""

    def __init__(self, data):
        self._data = data

    def __getitem__(self, key):
        _check_str(key)
        try:
            return self._data[key]
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        _check_str(key)
        _check_str(value)
        self._data[key] = value

    def __delitem__(self, key):
        _check_str(key)
        try:
            del self._data[key]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        yield from list(self._data)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        items = ", ".join(f"{key!r}: {value!r}" for key, value in self._data.items())
        return f"environ({{{items}}})"

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        return {**self, **dict(other)}

    def __ror__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        return {**dict(other), **self}


def _check_str(value):
    if not isinstance(value, str):
        raise TypeError(f"str expected, not {type(value).__name__}")


environ = _Environ(posix._environment())


def getenv(key, default=None):
    """Get an environment variable, return None if it doesn't exist.

    The optional second argument can specify an alternate default.
    """
    return environ.get(key, default)


def putenv(name, value, /):
    """Change or add an environment variable."""
    environ[name] = value


def unsetenv(name, /):
    """Delete an environment variable."""
    environ.pop(name, None)


def open(path, flags, mode=0o777, *, dir_fd=None):
    """Open a file for low level IO.  Returns a file descriptor (integer)."""
    return posix._open(path, flags, mode)


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """Return an open file object connected to the file descriptor fd."""
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    import io
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


# Where functions take a descriptor in place of a path, or relative to a directory's: not yet.
supports_dir_fd = set()
supports_effective_ids = set()
supports_fd = {stat, listdir}
supports_follow_symlinks = {stat}
supports_bytes_environ = True

EX_OK = 0
WNOHANG = 1
WUNTRACED = 2
WCONTINUED = 8
P_WAIT = 0
P_NOWAIT = P_NOWAITO = 1


def waitstatus_to_exitcode(status):
    """Convert a wait status to an exit code: a negative one names the signal."""
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSIGNALED(status):
        return -WTERMSIG(status)
    raise ValueError(f"invalid wait status: {status}")


def WIFEXITED(status):
    """Return True if the process returning status exited via the exit() system call."""
    return status & 0x7F == 0


def WEXITSTATUS(status):
    """Return the process return code from status."""
    return status >> 8 & 0xFF


def WIFSIGNALED(status):
    """Return True if the process returning status was terminated by a signal."""
    return 0 < status & 0x7F < 0x7F


def WTERMSIG(status):
    """Return the signal that terminated the process that provided the status value."""
    return status & 0x7F


def WIFSTOPPED(status):
    """Return True if the process returning status was stopped."""
    return status & 0xFF == 0x7F


def WSTOPSIG(status):
    """Return the signal that stopped the process that provided the status value."""
    return status >> 8 & 0xFF


def WCOREDUMP(status, /):
    """Return True if the process returning status was dumped to a core file."""
    return bool(status & 0x80)


def wait():
    """Wait for completion of a child process.

    Returns a tuple of information about the child process:
        (pid, status)
    """
    return waitpid(-1, 0)


def abort():
    """Abort the interpreter immediately."""
    kill(getpid(), 6)


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    """Set the access and modified time of path."""
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if ns is None:
        if times is None:
            import time

            ns = (time.time_ns(),) * 2
        else:
            ns = tuple(int(seconds * 1_000_000_000) for seconds in times)
    posix._utime(path, *ns, follow_symlinks)


class terminal_size(tuple):
    """A tuple of (columns, lines) for holding terminal window size"""

    columns = property(lambda self: self[0], doc="width of the terminal window in characters")
    lines = property(lambda self: self[1], doc="height of the terminal window in characters")

    def __repr__(self):
        return f"os.terminal_size(columns={self[0]}, lines={self[1]})"


def get_terminal_size(fd=1, /):
    """Return the size of the terminal window as (columns, lines)."""
    return terminal_size(posix._terminal_size(fd))


def popen(cmd, mode="r", buffering=-1):
    """Start a command of the shell and give a file of its output or input."""
    if not isinstance(cmd, str):
        raise TypeError(f"invalid cmd type ({type(cmd)}, expected string)")
    if mode not in ("r", "w"):
        raise ValueError(f"invalid mode {mode!r}")
    if buffering == 0 or buffering is None:
        raise ValueError("popen() does not support unbuffered streams")
    import subprocess

    pipes = {"stdout" if mode == "r" else "stdin": subprocess.PIPE}
    process = subprocess.Popen(cmd, shell=True, text=True, bufsize=buffering, **pipes)
    return _PopenFile(process.stdout if mode == "r" else process.stdin, process)


class _PopenFile:
    """A file of a command's; closing it waits for the command."""

    def __init__(self, stream, process):
        self._stream = stream
        self._process = process

    def close(self):
        self._stream.close()
        code = self._process.wait()
        if code == 0:
            return None
        return code << 8 if code > 0 else code

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)


def system(command):
    """Execute the command in a subshell."""
    import subprocess

    process = subprocess.Popen(command, shell=True)
    code = process.wait()
    return code << 8 if code >= 0 else -code


def fchmod(fd, mode):
    """Change the access permissions of the file given by file descriptor."""
    chmod(f"/proc/self/fd/{fd}", mode)


def sysconf(name, /):
    """Return an integer-valued system configuration variable."""
    values = {"SC_PAGE_SIZE": 4096, "SC_PAGESIZE": 4096, "SC_OPEN_MAX": 1024, "SC_IOV_MAX": 1024,
              "SC_NPROCESSORS_ONLN": 1, "SC_CLK_TCK": 100}
    if name not in values:
        raise ValueError("unrecognized configuration name")
    return values[name]


def truncate(path, length):
    """Truncate a file, specified by path, to a specific length."""
    fd = open(path, O_WRONLY)
    try:
        ftruncate(fd, length)
    finally:
        close(fd)


def getcwdb():
    """Return a bytes string representing the current working directory."""
    return getcwd().encode()


def fsencode(filename):
    """Encode filename to the filesystem encoding with the 'surrogateescape' error handler."""
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    """Decode filename from the filesystem encoding with the 'surrogateescape' error handler."""
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


def get_exec_path(env=None):
    """Returns the sequence of directories that will be searched for an executable."""
    return (environ if env is None else env).get("PATH", defpath).split(pathsep)


def access(path, mode):
    """Use the real uid/gid to test for access to a path: whether it exists, as far as Coil can tell."""
    try:
        stat(path)
    except (OSError, ValueError):
        return False
    return True


def cpu_count():
    """Return the number of logical CPUs: programs run on one."""
    return 1


process_cpu_count = cpu_count


def uname():
    """Return an object identifying the current operating system."""
    from collections import namedtuple

    result = namedtuple("uname_result", "sysname nodename release version machine")
    names = {"linux": "Linux", "darwin": "Darwin"}
    return result(names.get(sys.platform, sys.platform), "localhost", "", "", "")


def makedirs(name, mode=0o777, exist_ok=False):
    """makedirs(name [, mode=0o777][, exist_ok=False])

    Super-mkdir; create a leaf directory and all intermediate ones.
    """
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        makedirs(head, exist_ok=exist_ok)
        if tail == curdir:
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove a leaf directory and the empty ones above it."""
    rmdir(name)
    head, tail = path.split(name)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """Rename, making the directories of the new name and removing the empty ones of the old."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


class DirEntry:
    """An entry of a directory, as scandir() gives it."""

    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def __fspath__(self):
        return self.path

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path) and (follow_symlinks or not self.is_symlink())

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path) and (follow_symlinks or not self.is_symlink())

    def is_symlink(self):
        return path.islink(self.path)

    def stat(self, *, follow_symlinks=True):
        return stat(self.path, follow_symlinks=follow_symlinks)

    def inode(self):
        return lstat(self.path).st_ino


class _Entries:
    """The iterator of scandir(), which is a context manager too."""

    def __init__(self, entries):
        self._entries = entries

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        self._entries = iter(())


def scandir(path=None):
    """Return an iterator of DirEntry objects for given path."""
    folder = "." if path is None else fspath(path)
    return _Entries(iter([DirEntry(folder, name) for name in listdir(folder)]))


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Directory tree generator.

    For each directory in the tree rooted at top, yields a 3-tuple of its path, the names of the directories in it, and
    the names of its other entries.
    """
    top = fspath(top)
    try:
        names = listdir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    folders = [name for name in names if path.isdir(path.join(top, name))]
    files = [name for name in names if name not in folders]
    if topdown:
        yield top, folders, files
    for name in folders:
        below = path.join(top, name)
        if followlinks or not path.islink(below):
            yield from walk(below, topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files


class PathLike(abc.ABC):
    """Abstract base class for implementing the file system path protocol."""

    __slots__ = ()

    @abc.abstractmethod
    def __fspath__(self):
        """Return the file system path representation of the object."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            for base in subclass.__mro__:
                if "__fspath__" in base.__dict__:
                    return base.__dict__["__fspath__"] is not None or NotImplemented
        return NotImplemented

    __class_getitem__ = classmethod(type(list[int]))


def __getattr__(name):
    if name == "errno" and _eras.allows("os.errno"):
        import errno

        return errno
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
