"""Copying, moving and removing files and whole directories.

Source: Library Reference "shutil".
"""

import collections
import fnmatch
import os
import stat
import sys

__all__ = [
    "copyfileobj", "copyfile", "copymode", "copystat", "copy", "copy2", "copytree", "move", "rmtree", "Error",
    "SpecialFileError", "ExecError", "ReadError", "RegistryError", "disk_usage", "get_terminal_size",
    "ignore_patterns", "which", "chown", "SameFileError", "make_archive", "unpack_archive",
]

COPY_BUFSIZE = 256 * 1024


class Error(OSError):
    pass


class SameFileError(Error):
    """Raised when source and destination are the same file."""


class SpecialFileError(OSError):
    """Raised when trying to do a kind of operation (e.g. copying) which is
    not supported on a special file (e.g. a named pipe)"""


class ExecError(OSError):
    """Raised when a command could not be executed"""


class ReadError(OSError):
    """Raised when an archive cannot be read"""


class RegistryError(Exception):
    """Raised when a registry operation with the archiving
    and unpacking registries fails"""


def copyfileobj(fsrc, fdst, length=0):
    """copy data from file-like object fsrc to file-like object fdst"""
    length = length or COPY_BUFSIZE
    read, write = fsrc.read, fdst.write
    while buffer := read(length):
        write(buffer)


def _samefile(src, dst):
    if isinstance(src, os.DirEntry):
        src = src.path
    try:
        return os.path.samefile(src, dst)
    except OSError:
        return False


def copyfile(src, dst, *, follow_symlinks=True):
    """Copy data from src to dst in the most efficient way possible.

    If follow_symlinks is not set and src is a symbolic link, a new
    symlink will be created instead of copying the file it points to.
    """
    sys.audit("shutil.copyfile", src, dst)
    if _samefile(src, dst):
        raise SameFileError(f"{src!r} and {dst!r} are the same file")
    for path in (src, dst):
        try:
            mode = os.stat(path).st_mode
        except OSError:
            continue
        if stat.S_ISFIFO(mode):
            name = path.path if isinstance(path, os.DirEntry) else path
            raise SpecialFileError(f"`{name}` is a named pipe")
    if not follow_symlinks and os.path.islink(src):
        os.symlink(os.readlink(src), dst)
        return dst
    with open(src, "rb") as fsrc:
        try:
            fdst = open(dst, "wb")
        except IsADirectoryError as error:
            if os.path.exists(dst):
                raise
            raise FileNotFoundError(f"Directory does not exist: {dst}") from error
        with fdst:
            copyfileobj(fsrc, fdst)
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    """Copy mode bits from src to dst."""
    if not follow_symlinks and os.path.islink(src) and os.path.islink(dst):
        # A link has no permissions of its own.
        return
    os.chmod(dst, stat.S_IMODE(os.stat(src).st_mode))


def copystat(src, dst, *, follow_symlinks=True):
    """Copy file metadata: permission bits and the times of last access and last change."""
    follow = follow_symlinks or not (os.path.islink(src) and os.path.islink(dst))
    facts = os.stat(src, follow_symlinks=follow)
    os.utime(dst, (facts.st_atime, facts.st_mtime), follow_symlinks=follow)
    if follow:
        os.chmod(dst, stat.S_IMODE(facts.st_mode))


def _into(src, dst):
    """The path of the copy: in the directory, when the destination is one."""
    if os.path.isdir(dst):
        return os.path.join(dst, os.path.basename(src))
    return dst


def copy(src, dst, *, follow_symlinks=True):
    """Copy data and mode bits ("cp src dst"). Return the file's destination.

    The destination may be a directory.
    """
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst, follow_symlinks=follow_symlinks)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    """Copy data and metadata. Return the file's destination.

    Metadata is copied with copystat(). The destination may be a directory.
    """
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst, follow_symlinks=follow_symlinks)
    return dst


def ignore_patterns(*patterns):
    """Function that can be used as copytree() ignore parameter.

    Patterns is a sequence of glob-style patterns
    that are used to exclude files"""

    def _ignore_patterns(path, names):
        ignored = []
        for pattern in patterns:
            ignored.extend(fnmatch.filter(names, pattern))
        return set(ignored)

    return _ignore_patterns


def copytree(
    src,
    dst,
    symlinks=False,
    ignore=None,
    copy_function=copy2,
    ignore_dangling_symlinks=False,
    dirs_exist_ok=False,
):
    """Recursively copy a directory tree and return the destination directory.

    Errors are collected, and raised together in an Error at the end. Symbolic links are
    followed unless `symlinks` is true. `ignore` is given each directory with the names in it,
    and gives the names to be left out.
    """
    sys.audit("shutil.copytree", src, dst)
    with os.scandir(src) as found:
        entries = list(found)
    names = [entry.name for entry in entries]
    ignored = set() if ignore is None else ignore(os.fspath(src), names)
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    errors = []
    for entry in entries:
        if entry.name in ignored:
            continue
        path = os.path.join(src, entry.name)
        target = os.path.join(dst, entry.name)
        try:
            if entry.is_symlink():
                leads_to = os.readlink(path)
                if symlinks:
                    os.symlink(leads_to, target)
                    copystat(path, target, follow_symlinks=False)
                    continue
                if not os.path.exists(path) and ignore_dangling_symlinks:
                    continue
            if entry.is_dir():
                copytree(
                    path,
                    target,
                    symlinks,
                    ignore,
                    copy_function,
                    ignore_dangling_symlinks,
                    dirs_exist_ok,
                )
            else:
                copy_function(path, target)
        except Error as error:
            errors.extend(error.args[0])
        except OSError as error:
            errors.append((path, target, str(error)))
    try:
        copystat(src, dst)
    except OSError as error:
        errors.append((src, dst, str(error)))
    if errors:
        raise Error(errors)
    return dst


class _Removal:
    """The callbacks and directories of one rmtree()."""

    def __init__(self, report):
        self.report = report

    def remove(self, path):
        # A list in place of recursion: trees may be deep.
        waiting = [(False, path)]
        while waiting:
            is_empty, folder = waiting.pop()
            if is_empty:
                self.attempt(os.rmdir, folder)
                continue
            waiting.append((True, folder))
            try:
                with os.scandir(folder) as found:
                    entries = list(found)
            except FileNotFoundError:
                continue
            except OSError as error:
                error.filename = folder
                self.report(os.scandir, folder, error)
                continue
            for entry in entries:
                full = os.path.join(folder, entry.name)
                try:
                    is_folder = entry.is_dir(follow_symlinks=False)
                except OSError:
                    is_folder = False
                if is_folder:
                    waiting.append((False, full))
                else:
                    self.attempt(os.unlink, full)

    def attempt(self, function, path):
        try:
            function(path)
        except FileNotFoundError:
            # Somebody else was faster.
            pass
        except OSError as error:
            error.filename = path
            self.report(function, path, error)


def rmtree(path, ignore_errors=False, onerror=None, *, onexc=None, dir_fd=None):
    """Recursively delete a directory tree.

    If ignore_errors is set, errors are ignored; otherwise, if onexc or
    onerror is set, it is called to handle the error with arguments (func,
    path, exc_info) where func is platform and implementation dependent;
    path is the argument to that function that caused it to fail; and
    the value of exc_info describes the exception. For onexc it is the
    exception instance, and for onerror it is a tuple as returned by
    sys.exc_info().  If ignore_errors is false and both onexc and
    onerror are None, the exception is reraised.
    """
    sys.audit("shutil.rmtree", path, dir_fd)
    if ignore_errors:

        def report(function, path, error):
            pass

    elif onexc is not None:
        report = onexc
    elif onerror is not None:

        def report(function, path, error):
            onerror(function, path, (type(error), error, error.__traceback__))

    else:

        def report(function, path, error):
            raise error

    if isinstance(path, bytes):
        path = os.fsdecode(path)
    try:
        if os.path.islink(path):
            raise OSError("Cannot call rmtree on a symbolic link")
        mode = os.lstat(path).st_mode
        if not stat.S_ISDIR(mode):
            raise NotADirectoryError(20, "Not a directory", path)
    except OSError as error:
        if error.filename is None:
            error.filename = path
        report(os.path.islink if error.errno is None else os.lstat, path, error)
        return
    _Removal(report).remove(path)


rmtree.avoids_symlink_attacks = False


def move(src, dst, copy_function=copy2):
    """Recursively move a file or directory to another location. Return the destination.

    If dst is a directory, src is moved into it; what is there under its name already is an
    error. Across file systems it is copied and then removed.
    """
    sys.audit("shutil.move", src, dst)
    target = dst
    if os.path.isdir(dst):
        if _samefile(src, dst) and not os.path.islink(src):
            # Perhaps only the case of the name changes.
            os.rename(src, dst)
            return dst
        source = os.fspath(src)
        target = os.path.join(dst, os.path.basename(source.rstrip(os.path.sep)))
        if os.path.exists(target):
            raise Error(f"Destination path '{target}' already exists")
    try:
        os.rename(src, target)
    except OSError:
        if os.path.islink(src):
            os.symlink(os.readlink(src), target)
            os.unlink(src)
        elif os.path.isdir(src):
            if _destinsrc(src, dst):
                raise Error(f"Cannot move a directory '{src}' into itself '{dst}'.")
            copytree(src, target, copy_function=copy_function, symlinks=True)
            rmtree(src)
        else:
            copy_function(src, target)
            os.unlink(src)
    return target


def _destinsrc(src, dst):
    src, dst = os.path.abspath(src), os.path.abspath(dst)
    return (dst + os.path.sep).startswith(src + os.path.sep)


_ntuple_diskusage = collections.namedtuple("usage", "total used free")


def disk_usage(path):
    """Return disk usage statistics about the given path.

    Returned value is a named tuple with attributes 'total', 'used' and
    'free', which are the amount of total, used and free space, in bytes.
    """
    facts = os.statvfs(path)
    free = facts.f_bavail * facts.f_frsize
    total = facts.f_blocks * facts.f_frsize
    used = (facts.f_blocks - facts.f_bfree) * facts.f_frsize
    return _ntuple_diskusage(total, used, free)


def chown(path, user=None, group=None, *, dir_fd=None, follow_symlinks=True):
    """Change owner user and group of the given path."""
    if user is None and group is None:
        raise ValueError("user and/or group must be set")
    os.chown(path, -1 if user is None else user, -1 if group is None else group)


def get_terminal_size(fallback=(80, 24)):
    """Get the size of the terminal window.

    The environment variables COLUMNS and LINES count first, then the terminal that
    sys.__stdout__ is connected to, then the fallback.
    """
    sizes = []
    for name in ("COLUMNS", "LINES"):
        try:
            sizes.append(int(os.environ[name]))
        except (KeyError, ValueError):
            sizes.append(0)
    columns, lines = sizes
    if columns <= 0 or lines <= 0:
        try:
            size = os.get_terminal_size(sys.__stdout__.fileno())
        except (AttributeError, ValueError, OSError):
            size = os.terminal_size(fallback)
        if columns <= 0:
            columns = size.columns or fallback[0]
        if lines <= 0:
            lines = size.lines or fallback[1]
    return os.terminal_size((columns, lines))


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    """Given a command, mode, and a PATH string, return the path which
    conforms to the given mode on the PATH, or None if there is no such
    file.
    """

    def is_command(file):
        return os.path.exists(file) and os.access(file, mode) and not os.path.isdir(file)

    use_bytes = isinstance(cmd, bytes)
    directory, _ = os.path.split(cmd)
    if directory:
        return cmd if is_command(cmd) else None
    if path is None:
        path = os.environ.get("PATH", os.defpath)
    if not path:
        return None
    path = os.fsencode(path) if use_bytes else os.fsdecode(path)
    seen = set()
    for folder in path.split(b":" if use_bytes else ":"):
        if folder in seen:
            continue
        seen.add(folder)
        name = os.path.join(folder, cmd)
        if is_command(name):
            return name
    return None


def make_archive(base_name, format, *args, **kwargs):
    """Create an archive file: not possible, Coil has no archives."""
    raise ValueError(f"unknown archive format '{format}'")


def unpack_archive(filename, extract_dir=None, format=None, *, filter=None):
    """Unpack an archive: not possible, Coil has no archives."""
    if format is not None:
        raise ValueError(f"Unknown unpack format '{format}'")
    raise ReadError(f"Unknown archive format '{filename}'")
