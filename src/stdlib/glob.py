"""Files whose paths match a pattern of the shell.

Source: Library Reference "glob".
"""

import fnmatch
import os
import re
import sys

__all__ = ["escape", "glob", "iglob", "translate"]

_magic = re.compile("([*?[])")
_magic_bytes = re.compile(b"([*?[])")


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """Return a list of paths matching a `pathname` pattern."""
    return list(
        iglob(
            pathname,
            root_dir=root_dir,
            dir_fd=dir_fd,
            recursive=recursive,
            include_hidden=include_hidden,
        )
    )


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """Return an iterator which yields the paths matching a `pathname` pattern."""
    sys.audit("glob.glob", pathname, recursive)
    sys.audit("glob.glob/2", pathname, recursive, root_dir, dir_fd)
    if root_dir is None:
        root_dir = pathname[:0]
    found = _iglob(pathname, root_dir, recursive, False, include_hidden)
    if not pathname or recursive and _is_recursive(pathname[:2]):
        # The folder itself, for which the pattern `**` also stands, is not wanted.
        first = next(found, None)
        if first:
            return _chain(first, found)
    return found


def _chain(first, rest):
    yield first
    yield from rest


def _iglob(pathname, root, recursive, dirs_only, hidden):
    folder, name = os.path.split(pathname)
    if not has_magic(pathname):
        assert not dirs_only
        full = os.path.join(root, pathname)
        if name:
            if os.path.lexists(full):
                yield pathname
        elif os.path.isdir(os.path.join(root, folder)):
            yield pathname
        return
    if not folder:
        find = _deep if recursive and _is_recursive(name) else _matching
        yield from find(root, name, dirs_only, hidden)
        return
    if folder != pathname and has_magic(folder):
        folders = _iglob(folder, root, recursive, True, hidden)
    else:
        folders = [folder]
    if not has_magic(name):
        find = _exact
    elif recursive and _is_recursive(name):
        find = _deep
    else:
        find = _matching
    for folder in folders:
        for found in find(os.path.join(root, folder), name, dirs_only, hidden):
            yield os.path.join(folder, found)


def _matching(folder, pattern, dirs_only, hidden):
    names = _list(folder, dirs_only, pattern)
    if not (hidden or _is_hidden(pattern)):
        names = [name for name in names if not _is_hidden(name)]
    return fnmatch.filter(names, pattern)


def _exact(folder, name, dirs_only, hidden):
    if name:
        return [name] if os.path.lexists(os.path.join(folder, name)) else []
    return [name] if os.path.isdir(folder) else []


def _deep(folder, pattern, dirs_only, hidden):
    if not folder or os.path.isdir(folder):
        yield pattern[:0]
    yield from _below(folder, dirs_only, hidden, pattern)


def _below(folder, dirs_only, hidden, pattern):
    for name in _list(folder, dirs_only, pattern):
        if hidden or not _is_hidden(name):
            yield name
            path = os.path.join(folder, name) if folder else name
            for found in _below(path, dirs_only, hidden, pattern):
                yield os.path.join(name, found)


def _list(folder, dirs_only, pattern):
    """Names in a folder; nothing when it cannot be read."""
    if not folder:
        folder = os.fsencode(os.curdir) if isinstance(pattern, bytes) else os.curdir
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    if dirs_only:
        return [name for name in names if os.path.isdir(os.path.join(folder, name))]
    return names


def has_magic(s):
    magic = _magic_bytes if isinstance(s, bytes) else _magic
    return magic.search(s) is not None


def _is_hidden(path):
    return path[0] in (".", b"."[0])


def _is_recursive(pattern):
    return pattern in ("**", b"**")


def escape(pathname):
    """Escape all special characters."""
    drive, pathname = os.path.splitdrive(pathname)
    if isinstance(pathname, bytes):
        return drive + _magic_bytes.sub(rb"[\1]", pathname)
    return drive + _magic.sub(r"[\1]", pathname)


def translate(pat, *, recursive=False, include_hidden=False, seps=None):
    """Translate a pathname with shell wildcards to a regular expression."""
    if not seps:
        seps = (os.path.sep, os.path.altsep) if os.path.altsep else os.path.sep
    signs = "".join(map(re.escape, seps))
    any_sep = f"[{signs}]" if len(seps) > 1 else signs
    not_sep = f"[^{signs}]"
    if include_hidden:
        one_last = f"{not_sep}+"
        any_segments = f"(?:.+{any_sep})?"
        any_last = ".*"
    else:
        one_last = f"[^{signs}.]{not_sep}*"
        any_segments = f"(?:{one_last}{any_sep})*"
        any_last = f"{any_segments}(?:{one_last})?"
    one = f"{one_last}{any_sep}"
    out = []
    parts = re.split(any_sep, pat)
    last = len(parts) - 1
    for index, part in enumerate(parts):
        if part == "*":
            out.append(one if index < last else one_last)
        elif recursive and part == "**":
            if index < last:
                if parts[index + 1] != "**":
                    out.append(any_segments)
            else:
                out.append(any_last)
        else:
            if part:
                if not include_hidden and part[0] in "*?":
                    out.append(r"(?!\.)")
                inside = fnmatch.translate(part)[4:-3]
                # Inside of a name, wildcards stop at separators.
                out.append(_stop_at(inside, not_sep))
            if index < last:
                out.append(any_sep)
    return rf"(?s:{''.join(out)})\Z"


def _stop_at(expression, not_sep):
    """Makes every dot of an expression that fnmatch wrote stand for no separator."""
    out = []
    index = 0
    while index < len(expression):
        char = expression[index]
        if char == "\\":
            out.append(expression[index : index + 2])
            index += 2
        elif char == "[":
            end = index + 1
            while expression[end] != "]" or end == index + 1:
                end += 2 if expression[end] == "\\" else 1
            out.append(expression[index : end + 1])
            index = end + 1
        else:
            out.append(not_sep if char == "." else char)
            index += 1
    return "".join(out)
