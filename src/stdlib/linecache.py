"""Lines of source files by number, read once and kept.

Tracebacks and warnings show the line they are about; the file may be gone or changed by
then, or never have been a file (text given to exec). So each entry of the cache remembers
size and modification time of its file, and a module's loader can be asked later.

Source: Library Reference "linecache".
"""

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# File name -> (size, mtime, lines, full name), or (function giving the text,) if nobody
# has asked for the lines yet. An entry without mtime is never thought stale.
cache = {}


def clearcache():
    """Forget all files."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """One line of a file, with its line end; empty if there is no such line."""
    lines = getlines(filename, module_globals)
    if 1 <= lineno <= len(lines):
        return lines[lineno - 1]
    return ""


def getlines(filename, module_globals=None):
    """All lines of a file; an empty list if it cannot be read."""
    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def _source_unavailable(filename):
    """Whether the name is one of those, like <string>, that stand for no file."""
    return not filename or (
        filename.startswith("<")
        and filename.endswith(">")
        and not filename.startswith("<frozen ")
    )


def checkcache(filename=None):
    """Forget files that have changed since they were read; one file, or all."""
    names = list(cache) if filename is None else [filename]
    for name in names:
        entry = cache.get(name)
        if entry is None or len(entry) == 1:
            continue
        size, mtime, _, fullname = entry
        if mtime is None:
            continue
        import os

        try:
            stat = os.stat(fullname)
        except (OSError, ValueError):
            cache.pop(name, None)
            continue
        if size != stat.st_size or mtime != stat.st_mtime:
            cache.pop(name, None)


def _as_lines(text):
    lines = text.splitlines(True)
    # Other characters end a line for splitlines() than for the language.
    if any(line[-1:] not in ("\n", "\r") for line in lines[:-1]):
        lines = [line + "\n" for line in text.replace("\r\n", "\n").split("\n")]
        if lines[-1] == "\n":
            lines.pop()
    if not lines:
        return ["\n"]
    if not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return [line[:-2] + "\n" if line.endswith("\r\n") else line for line in lines]


def _read(fullname):
    """The lines of a file in the encoding that it declares, UTF-8 unless it does."""
    import tokenize

    with tokenize.open(fullname) as file:
        return _as_lines(file.read())


def _read_utf8(fullname):
    with open(fullname, encoding="utf-8") as file:
        return _as_lines(file.read())


def updatecache(filename, module_globals=None):
    """Read a file anew and give its lines."""
    import os
    import sys

    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        cache.pop(filename, None)
    if _source_unavailable(filename):
        return []

    fullname = filename
    try:
        stat = os.stat(fullname)
    except OSError:
        # Perhaps a loader that the module brought knows.
        if lazycache(filename, module_globals):
            try:
                data = cache[filename][0]()
            except (ImportError, OSError):
                pass
            else:
                if data is None:
                    return []
                entry = (len(data), None, _as_lines(data), fullname)
                cache[filename] = entry
                return entry[2]
        if os.path.isabs(filename):
            return []
        for directory in sys.path:
            try:
                fullname = os.path.join(directory, filename)
            except (TypeError, AttributeError):
                continue
            try:
                stat = os.stat(fullname)
                break
            except (OSError, ValueError):
                pass
        else:
            return []
    except ValueError:
        # A name that holds a null character.
        return []

    try:
        try:
            lines = _read_utf8(fullname)
        except UnicodeDecodeError:
            lines = _read(fullname)
    except (OSError, UnicodeDecodeError, SyntaxError):
        return []
    cache[filename] = stat.st_size, stat.st_mtime, lines, fullname
    return lines


def lazycache(filename, module_globals):
    """Remember that a module's loader can give its source, without asking it now.

    Says whether there is an entry that waits so.
    """
    entry = cache.get(filename)
    if entry is not None:
        return len(entry) == 1
    if not filename or (filename.startswith("<") and filename.endswith(">")):
        return False
    if not module_globals or "__name__" not in module_globals:
        return False
    spec = module_globals.get("__spec__")
    name = getattr(spec, "name", None) or module_globals["__name__"]
    loader = getattr(spec, "loader", None) or module_globals.get("__loader__")
    get_source = getattr(loader, "get_source", None)
    if not name or not get_source:
        return False
    cache[filename] = (lambda: get_source(name),)
    return True


def _register_code(name, string, filename):
    """Keep text that is in no file under the name that its code objects carry."""
    cache[name] = (len(string), None, _as_lines(string), filename)
