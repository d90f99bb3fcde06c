"""Common operations on path names, for systems that separate their parts with slashes.

Source: Standard Library, "os.path".
"""

import posix as _posix
from posix import fspath as _fspath

__all__ = [
    "abspath", "altsep", "basename", "commonpath", "commonprefix", "curdir", "defpath", "devnull", "dirname", "exists",
    "expanduser", "expandvars", "extsep", "getatime", "getctime", "getmtime", "getsize", "isabs", "isdir", "isfile",
    "islink", "ismount", "join", "lexists", "normcase", "normpath", "pardir", "pathsep", "realpath", "relpath",
    "samefile", "sep", "split", "splitdrive", "splitext", "splitroot", "supports_unicode_filenames",
]

curdir = "."
pardir = ".."
extsep = "."
sep = "/"
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = False

_KIND = 0o170000
_DIRECTORY = 0o040000
_FILE = 0o100000
_LINK = 0o120000


def _parts(path):
    """The path as str or bytes, and the slash and the dot of the same type."""
    path = _fspath(path)
    return (path, b"/", b".") if isinstance(path, bytes) else (path, "/", ".")


def normcase(s):
    """Normalize case of pathname: nothing to do here."""
    return _fspath(s)


def isabs(s):
    """Test whether a path is absolute"""
    s, slash, _ = _parts(s)
    return s.startswith(slash)


def join(a, /, *p):
    """Join two or more pathname components, inserting '/' as needed.

    If any component is an absolute path, all previous path components
    will be discarded.
    """
    path, slash, _ = _parts(a)
    for part in p:
        part = _fspath(part)
        if isinstance(part, bytes) is not isinstance(path, bytes):
            raise TypeError("Can't mix strings and bytes in path components")
        if part.startswith(slash) or not path:
            path = part
        elif path.endswith(slash):
            path += part
        else:
            path += slash + part
    return path


def split(p):
    """Split a pathname. Returns tuple "(head, tail)" where "tail" is everything after the final slash."""
    p, slash, _ = _parts(p)
    at = p.rfind(slash) + 1
    head, tail = p[:at], p[at:]
    if head and head.strip(slash):
        head = head.rstrip(slash)
    return head, tail


def splitext(p):
    """Split the extension from a pathname.

    Extension is everything from the last dot to the end, ignoring
    leading dots. Returns "(root, ext)"; ext may be empty.
    """
    p, slash, dot = _parts(p)
    start = p.rfind(slash) + 1
    at = p.rfind(dot)
    if at > start and p[start:at].strip(dot):
        return p[:at], p[at:]
    return p, p[:0]


def splitdrive(p):
    """Split a pathname into drive and path. Here the drive is always empty."""
    p = _fspath(p)
    return p[:0], p


def splitroot(p):
    """Split a pathname into drive, root and tail."""
    p, slash, _ = _parts(p)
    empty = p[:0]
    if not p.startswith(slash):
        return empty, empty, p
    if not p.startswith(slash * 2) or p.startswith(slash * 3):
        return empty, slash, p[1:]
    return empty, p[:2], p[2:]


def basename(p):
    """Returns the final component of a pathname"""
    return split(p)[1]


def dirname(p):
    """Returns the directory component of a pathname"""
    return split(p)[0]


def normpath(path):
    """Normalize path, eliminating double slashes, etc."""
    path, slash, dot = _parts(path)
    if not path:
        return dot
    _, root, tail = splitroot(path)
    kept = []
    for part in tail.split(slash):
        if not part or part == dot:
            continue
        if part != dot * 2 or (not root and not kept) or (kept and kept[-1] == dot * 2):
            kept.append(part)
        elif kept:
            kept.pop()
    return root + slash.join(kept) or dot


def abspath(path):
    """Return an absolute path."""
    path = _fspath(path)
    if not isabs(path):
        here = _posix.getcwd()
        path = join(here.encode() if isinstance(path, bytes) else here, path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """Return the canonical path of the specified filename, eliminating any symbolic links encountered in the path."""
    filename, slash, dot = _parts(filename)
    parent = dot * 2
    # Components still to walk, the next one last; None and a path after it: the link at that path has been followed.
    waiting = filename.split(slash)[::-1]
    path = slash if isabs(filename) else _posix.getcwd() if isinstance(filename, str) else _posix.getcwd().encode()
    known = {}
    while waiting:
        name = waiting.pop()
        if name is None:
            known[waiting.pop()] = path
            continue
        if not name or name == dot:
            continue
        if name == parent:
            path = dirname(path)
            continue
        here = join(path, name)
        try:
            is_link = islink(here)
            if strict and not is_link:
                _posix.lstat(here)
            if not is_link:
                path = here
                continue
            if here in known:
                if known[here] is not None:
                    path = known[here]
                    continue
                # The link leads to itself.
                if strict:
                    _posix.stat(here)
                path = here
                continue
            target = _posix.readlink(here)
        except OSError:
            if strict:
                raise
            path = here
            continue
        known[here] = None
        if target.startswith(slash):
            path = slash
        waiting += [here, None]
        waiting += target.split(slash)[::-1]
    return path


def relpath(path, start=None):
    """Return a relative version of a path"""
    path, slash, dot = _parts(path)
    if not path:
        raise ValueError("no path specified")
    start = dot if start is None else _fspath(start)
    begin = [part for part in abspath(start).split(slash) if part]
    end = [part for part in abspath(path).split(slash) if part]
    same = len(commonprefix([begin, end]))
    parts = [dot * 2] * (len(begin) - same) + end[same:]
    return slash.join(parts) if parts else dot


def commonprefix(m):
    """Given a list of pathnames, returns the longest common leading component"""
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(_fspath, m))
    low, high = min(m), max(m)
    for index, item in enumerate(low):
        if item != high[index]:
            return low[:index]
    return low


def commonpath(paths):
    """Given a sequence of path names, returns the longest common sub-path."""
    paths = tuple(map(_fspath, paths))
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    _, slash, dot = _parts(paths[0])
    roots = {path[:1] == slash for path in paths}
    if len(roots) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in path.split(slash) if part and part != dot] for path in paths]
    common = commonprefix([split_paths[0] if len(split_paths) == 1 else min(split_paths), max(split_paths)])
    return (slash if roots.pop() else slash[:0]) + slash.join(common)


def _mode(path, follow=True):
    """The kind of what a path leads to, None when there is nothing."""
    try:
        facts = _posix.stat(path) if follow else _posix.lstat(path)
    except (OSError, ValueError):
        return None
    return facts.st_mode & _KIND


def exists(path):
    """Test whether a path exists.  Returns False for broken symbolic links"""
    return _mode(path) is not None


def lexists(path):
    """Test whether a path exists.  Returns True for broken symbolic links"""
    return _mode(path, False) is not None


def isfile(path):
    """Test whether a path is a regular file"""
    return _mode(path) == _FILE


def isdir(s):
    """Return true if the pathname refers to an existing directory."""
    return _mode(s) == _DIRECTORY


def islink(path):
    """Test whether a path is a symbolic link"""
    return _mode(path, False) == _LINK


def ismount(path):
    """Test whether a path is a mount point"""
    return abspath(path) == "/"


def getsize(filename):
    """Return the size of a file, reported by os.stat()."""
    return _posix.stat(filename).st_size


def getmtime(filename):
    """Return the last modification time of a file, reported by os.stat()."""
    return _posix.stat(filename).st_mtime


def getatime(filename):
    """Return the last access time of a file, reported by os.stat()."""
    return _posix.stat(filename).st_atime


def getctime(filename):
    """Return the metadata change time of a file, reported by os.stat()."""
    return _posix.stat(filename).st_ctime


def samefile(f1, f2):
    """Test whether two pathnames reference the same actual file or directory"""
    one, two = _posix.stat(f1), _posix.stat(f2)
    return (one.st_ino, one.st_dev) == (two.st_ino, two.st_dev)


def _environment():
    # What the program has set, if it can have set anything.
    import sys
    os = sys.modules.get("os")
    return _posix._environment() if os is None else os.environ


def expanduser(path):
    """Expand ~ and ~user constructions.  If user or $HOME is unknown, do nothing."""
    path, slash, _ = _parts(path)
    if isinstance(path, bytes) or not path.startswith("~"):
        return path
    name, found, rest = path[1:].partition(slash)
    home = _environment().get("HOME") if not name else None
    if home is None:
        import pwd
        try:
            home = (pwd.getpwnam(name) if name else pwd.getpwuid(_posix.getuid())).pw_dir
        except KeyError:
            return path
    return (home.rstrip(slash) + found + rest) or slash


def expandvars(path):
    """Expand shell variables of form $var and ${var}.  Unknown variables are left unchanged."""
    path = _fspath(path)
    if isinstance(path, bytes) or "$" not in path:
        return path
    known = _environment()
    out = []
    at = 0
    while at < len(path):
        if path[at] == "$":
            if path[at + 1 : at + 2] == "{":
                end = path.find("}", at)
                name, after = (path[at + 2 : end], end + 1) if end > 0 else ("", 0)
            else:
                after = at + 1
                while after < len(path) and path[after].isascii() and (path[after].isalnum() or path[after] == "_"):
                    after += 1
                name = path[at + 1 : after]
            if name in known:
                out.append(known[name])
                at = after
                continue
        out.append(path[at])
        at += 1
    return "".join(out)
