"""OS routines.

Coil has the part that programs use to find and handle files, and the environment; nothing that starts processes.
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
from posixpath import altsep, curdir, defpath, devnull, extsep, pardir, pathsep, sep

__all__ = [
    "DirEntry", "F_OK", "O_APPEND", "O_CREAT", "O_EXCL", "O_RDONLY", "O_RDWR", "O_TRUNC", "O_WRONLY", "PathLike",
    "R_OK", "W_OK", "X_OK", "_exit", "access", "altsep", "chdir", "cpu_count", "curdir", "defpath", "devnull",
    "environ", "error", "extsep", "fsdecode", "fsencode", "fspath", "get_exec_path", "getcwd", "getcwdb", "getenv",
    "getpid", "isatty", "linesep", "listdir", "lstat", "makedirs", "mkdir", "name", "pardir", "path", "pathsep",
    "process_cpu_count", "putenv", "remove", "removedirs", "rename", "renames", "replace", "rmdir", "scandir", "sep",
    "stat", "stat_result", "strerror", "uname", "unlink", "unsetenv", "urandom", "walk",
    "O_CLOEXEC", "O_DIRECTORY", "O_NDELAY", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK", "O_SYNC", "SEEK_CUR", "SEEK_END",
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

    return namedtuple("uname_result", "sysname nodename release version machine")("Coil", "localhost", "", "", "")


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
