"""Files and directories that are there for a while, with names that nobody else has.

Source: Library Reference "tempfile".
"""

import errno
import functools
import io
import os
import sys
import types
import warnings
import weakref

__all__ = [
    "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp",
    "mktemp", "TMP_MAX", "gettempprefix", "tempdir", "gettempdir", "gettempprefixb", "gettempdirb",
]

# How many names are tried before there must be something else wrong.
TMP_MAX = 10000
template = "tmp"
tempdir = None

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_text_openflags = _bin_openflags = _FLAGS


class _RandomNameSequence:
    """Names of eight characters, without end."""

    characters = "abcdefghijklmnopqrstuvwxyz0123456789_"

    @functools.cached_property
    def rng(self):
        import random

        return random.Random()

    def __iter__(self):
        return self

    def __next__(self):
        return "".join(self.rng.choices(self.characters, k=8))


@functools.cache
def _get_candidate_names():
    return _RandomNameSequence()


def _infer_return_type(*args):
    """Whether names are str or bytes, going by what was given."""
    kind = None
    for arg in args:
        if arg is None:
            continue
        if isinstance(arg, os.PathLike):
            arg = os.fspath(arg)
        this = bytes if isinstance(arg, bytes) else str
        if kind is not None and kind is not this:
            raise TypeError("Can't mix bytes and non-bytes in path components.")
        kind = this
    if kind is None:
        return bytes if isinstance(tempdir, bytes) else str
    return kind


def _sanitize_params(prefix, suffix, dir):
    """Fills in what was not given."""
    kind = _infer_return_type(prefix, suffix, dir)
    if suffix is None:
        suffix = kind()
    if prefix is None:
        prefix = template if kind is str else os.fsencode(template)
    if dir is None:
        dir = gettempdir() if kind is str else gettempdirb()
    return prefix, suffix, dir, kind


def _candidate_tempdir_list():
    found = [os.getenv(name) for name in ("TMPDIR", "TEMP", "TMP")]
    found += ["/tmp", "/var/tmp", "/usr/tmp"]
    try:
        found.append(os.getcwd())
    except OSError:
        found.append(os.curdir)
    return [os.path.abspath(each) if each != os.curdir else each for each in found if each]


def _get_default_tempdir(dirlist=None):
    """The first directory in which a file can be made."""
    candidates = _candidate_tempdir_list() if dirlist is None else dirlist
    for folder in candidates:
        for name in (next(_get_candidate_names()) for _ in range(100)):
            path = os.path.join(folder, name)
            try:
                fd = os.open(path, _FLAGS, 0o600)
            except FileExistsError:
                continue
            except OSError:
                break
            try:
                try:
                    os.write(fd, b"blat")
                finally:
                    os.close(fd)
            finally:
                os.unlink(path)
            return folder
    raise FileNotFoundError(
        errno.ENOENT, f"No usable temporary directory found in {candidates}"
    )


def gettempprefix():
    """The default prefix for temporary directories as string."""
    return os.fsdecode(template)


def gettempprefixb():
    """The default prefix for temporary directories as bytes."""
    return os.fsencode(template)


def _gettempdir():
    global tempdir
    if tempdir is None:
        tempdir = _get_default_tempdir()
    return tempdir


def gettempdir():
    """Returns tempfile.tempdir as str."""
    return os.fsdecode(_gettempdir())


def gettempdirb():
    """Returns tempfile.tempdir as bytes."""
    return os.fsencode(_gettempdir())


def _names(kind):
    names = _get_candidate_names()
    for _ in range(TMP_MAX):
        name = next(names)
        yield name if kind is str else os.fsencode(name)


def _mkstemp_inner(dir, pre, suf, flags, output_type):
    """A new file: its descriptor and its path."""
    dir = os.path.abspath(dir)
    for name in _names(output_type):
        path = os.path.join(dir, pre + name + suf)
        sys.audit("tempfile.mkstemp", path)
        try:
            fd = os.open(path, flags, 0o600)
        except FileExistsError:
            continue
        return fd, path
    raise FileExistsError(errno.EEXIST, "No usable temporary file name found")


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """User-callable function to create and return a unique temporary
    file.  The return value is a pair (fd, name) where fd is the
    file descriptor returned by os.open, and name is the filename.

    The file is readable and writable only by its owner; the caller removes it when done.
    """
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    return _mkstemp_inner(dir, prefix, suffix, _FLAGS, kind)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """User-callable function to create and return a unique temporary
    directory.  The return value is the pathname of the directory.

    The directory is readable, writable, and searchable only by its owner; the caller
    removes it, with its content, when done.
    """
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    for name in _names(kind):
        path = os.path.join(dir, prefix + name + suffix)
        sys.audit("tempfile.mkdtemp", path)
        try:
            os.mkdir(path, 0o700)
        except FileExistsError:
            continue
        return os.path.abspath(path)
    raise FileExistsError(errno.EEXIST, "No usable temporary directory name found")


def mktemp(suffix="", prefix=template, dir=None):
    """User-callable function to return a unique temporary file name.  The
    file is not created.

    By the time the name is used somebody else may have used it: prefer mkstemp().
    """
    if dir is None:
        dir = gettempdir()
    for name in _names(str):
        path = os.path.join(dir, prefix + name + suffix)
        if not os.path.lexists(path):
            return path
    raise FileExistsError(errno.EEXIST, "No usable temporary filename found")


class _TemporaryFileWrapper:
    """A file and its name: attributes are those of the file, and closing it removes it."""

    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file = file
        self.name = name
        self.delete = delete
        self._delete_on_close = delete_on_close
        self._closed = False
        self._finalizer = weakref.finalize(self, _close_and_remove, file, name, delete)
        self._finalizer.atexit = False

    def __getattr__(self, name):
        # Method objects are made of functions, which can be kept.
        value = getattr(self.__dict__["file"], name)
        if hasattr(value, "__call__"):
            method = value

            @functools.wraps(method)
            def wrapper(*args, **kwargs):
                return method(*args, **kwargs)

            # While somebody has the method, the file is to stay.
            wrapper._owner = self
            value = wrapper
        if not isinstance(value, int):
            setattr(self, name, value)
        return value

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, exc, value, tb):
        result = self.file.__exit__(exc, value, tb)
        self._remove(leaving=True)
        return result

    def _remove(self, leaving=False):
        if self.delete and (leaving or self._delete_on_close) and self._finalizer.detach():
            os.unlink(self.name)

    def close(self):
        """Close the temporary file, possibly deleting it."""
        if not self._closed:
            self._closed = True
            self.file.close()
            self._remove()

    def __iter__(self):
        # Not the file's own iterator: while that is used, this object must live.
        for line in self.file:
            yield line

    def __repr__(self):
        file = self.__dict__["file"]
        return f"<{type(self).__module__}.{type(self).__qualname__} {file=}>"


def _close_and_remove(file, name, delete):
    if not file.closed:
        warnings.warn(f"Implicitly cleaning up {file!r}", ResourceWarning, stacklevel=2)
        file.close()
    if delete:
        os.unlink(name)


def _encoding_for(mode, encoding):
    return encoding if "b" in mode else io.text_encoding(encoding)


def NamedTemporaryFile(
    mode="w+b",
    buffering=-1,
    encoding=None,
    newline=None,
    suffix=None,
    prefix=None,
    dir=None,
    delete=True,
    *,
    errors=None,
    delete_on_close=True,
):
    """Create and return a temporary file.

    Returns an object with a file-like interface; the name of the file
    is accessible as its 'name' attribute.  The file will be automatically
    deleted when it is closed unless the 'delete' argument is set to False.
    """
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    encoding = _encoding_for(mode, encoding)
    fd, name = _mkstemp_inner(dir, prefix, suffix, _FLAGS, kind)
    try:
        file = io.open(
            fd, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors
        )
    except BaseException:
        os.close(fd)
        os.unlink(name)
        raise
    return _TemporaryFileWrapper(file, name, delete, delete_on_close)


def TemporaryFile(
    mode="w+b",
    buffering=-1,
    encoding=None,
    newline=None,
    suffix=None,
    prefix=None,
    dir=None,
    *,
    errors=None,
):
    """Create and return a temporary file.

    Returns an object with a file-like interface.  The file has no
    name, and will cease to exist when it is closed.
    """
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    encoding = _encoding_for(mode, encoding)
    fd, name = _mkstemp_inner(dir, prefix, suffix, _FLAGS, kind)
    try:
        # An open file needs no name.
        os.unlink(name)
        return io.open(
            fd, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors
        )
    except BaseException:
        os.close(fd)
        raise


class SpooledTemporaryFile(io.IOBase):
    """Temporary file wrapper, specialized to switch from BytesIO
    or StringIO to a real file when it exceeds a certain size or
    when a fileno is needed.
    """

    _rolled = False

    def __init__(
        self,
        max_size=0,
        mode="w+b",
        buffering=-1,
        encoding=None,
        newline=None,
        suffix=None,
        prefix=None,
        dir=None,
        *,
        errors=None,
    ):
        if "b" in mode:
            self._file = io.BytesIO()
        else:
            encoding = io.text_encoding(encoding)
            self._file = io.TextIOWrapper(
                io.BytesIO(), encoding=encoding, errors=errors, newline=newline
            )
        self._max_size = max_size
        self._arguments = {
            "mode": mode,
            "buffering": buffering,
            "suffix": suffix,
            "prefix": prefix,
            "encoding": encoding,
            "newline": newline,
            "dir": dir,
            "errors": errors,
        }

    __class_getitem__ = classmethod(types.GenericAlias)

    def _check(self, file):
        if not self._rolled and self._max_size and file.tell() > self._max_size:
            self.rollover()

    def rollover(self):
        """Move the content to a file of the system."""
        if self._rolled:
            return
        old = self._file
        new = self._file = TemporaryFile(**self._arguments)
        del self._arguments
        position = old.tell()
        if hasattr(new, "buffer"):
            old.flush()
            new.buffer.write(old.detach().getvalue())
        else:
            new.write(old.getvalue())
        new.seek(position, 0)
        self._rolled = True

    def __enter__(self):
        if self._file.closed:
            raise ValueError("Cannot enter context with closed file")
        return self

    def __exit__(self, exc, value, tb):
        self._file.close()

    def __iter__(self):
        return self._file.__iter__()

    def __del__(self):
        if not self.closed:
            import warnings

            warnings.warn(f"Unclosed file {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()

    def close(self):
        self._file.close()

    @property
    def closed(self):
        return self._file.closed

    @property
    def encoding(self):
        return self._file.encoding

    @property
    def errors(self):
        return self._file.errors

    def fileno(self):
        self.rollover()
        return self._file.fileno()

    def flush(self):
        self._file.flush()

    def isatty(self):
        return self._file.isatty()

    @property
    def mode(self):
        try:
            return self._file.mode
        except AttributeError:
            return self._arguments["mode"]

    @property
    def name(self):
        try:
            return self._file.name
        except AttributeError:
            return None

    @property
    def newlines(self):
        return self._file.newlines

    def detach(self):
        return self._file.detach()

    def read(self, *args):
        return self._file.read(*args)

    def read1(self, *args):
        return self._file.read1(*args)

    def readinto(self, b):
        return self._file.readinto(b)

    def readinto1(self, b):
        return self._file.readinto1(b)

    def readline(self, *args):
        return self._file.readline(*args)

    def readlines(self, *args):
        return self._file.readlines(*args)

    def readable(self):
        return self._file.readable()

    def seekable(self):
        return self._file.seekable()

    def writable(self):
        return self._file.writable()

    def seek(self, *args):
        return self._file.seek(*args)

    def tell(self):
        return self._file.tell()

    def truncate(self, size=None):
        if size is None:
            return self._file.truncate()
        if size > self._max_size:
            self.rollover()
        return self._file.truncate(size)

    def write(self, s):
        file = self._file
        written = file.write(s)
        self._check(file)
        return written

    def writelines(self, iterable):
        for line in iterable:
            self.write(line)


class TemporaryDirectory:
    """Create and return a temporary directory.  This has the same
    behavior as mkdtemp but can be used as a context manager.  For
    example:

        with TemporaryDirectory() as tmpdir:
            ...

    Upon exiting the context, the directory and everything contained
    in it are removed (unless delete=False is passed or an exception
    is raised during cleanup and ignore_cleanup_errors is not True).
    """

    def __init__(
        self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True
    ):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors = ignore_cleanup_errors
        self._delete = delete
        self._finalizer = weakref.finalize(
            self,
            self._cleanup,
            self.name,
            warn_message=f"Implicitly cleaning up {self!r}",
            ignore_errors=ignore_cleanup_errors,
            delete=delete,
        )

    @classmethod
    def _rmtree(cls, name, ignore_errors=False):
        import shutil

        shutil.rmtree(name, ignore_errors=ignore_errors)

    @classmethod
    def _cleanup(cls, name, warn_message, ignore_errors=False, delete=True):
        if delete:
            import warnings

            cls._rmtree(name, ignore_errors=ignore_errors)
            warnings.warn(warn_message, ResourceWarning, stacklevel=2)

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.name!r}>"

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        """Remove the directory and all that is in it."""
        if self._finalizer.detach() or os.path.exists(self.name):
            self._rmtree(self.name, ignore_errors=self._ignore_cleanup_errors)

    __class_getitem__ = classmethod(types.GenericAlias)
