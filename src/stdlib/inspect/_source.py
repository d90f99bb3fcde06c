"""From a live object back to its source text.

A code object knows its file and first line, `linecache` has the file's lines; what is left
is to find where a block of lines ends. No parser is needed for that: it is enough to cut
the text into logical lines (a bracket or a string may hold line ends) and compare their
indentation, as the Language Reference, section 2.1, defines them.

Source: Library Reference "inspect", "Retrieving source code".
"""

import os
import sys

from . import (
    iscode,
    isclass,
    isframe,
    isfunction,
    ismethod,
    ismodule,
    istraceback,
)

modulesbyfile = {}


class EndOfBlock(Exception):
    """Kept for programs that catch it."""


class ClassFoundException(Exception):
    """Kept for programs that catch it."""


def indentsize(line):
    """The indentation of a line, tabs expanded."""
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())


def _described(object):
    return type(object).__name__


def getfile(object):
    """The file in which an object was defined."""
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if isclass(object):
        if hasattr(object, "__module__"):
            module = sys.modules.get(object.__module__)
            if getattr(module, "__file__", None):
                return module.__file__
            if object.__module__ == "__main__":
                raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        return object.co_filename
    raise TypeError(
        "module, class, method, function, traceback, frame, or "
        f"code object was expected, got {_described(object)}"
    )


def getmodulename(path):
    """The module name that a file name stands for, or None if it is no module's."""
    name = os.path.basename(path)
    for suffix in (".py", ".pyc"):
        if name.endswith(suffix):
            return name[: -len(suffix)]
    return None


def getsourcefile(object):
    """The file with an object's source, or None if there is none."""
    filename = getfile(object)
    if filename.endswith(".pyc"):
        filename = filename[:-1]
    import linecache

    if filename in linecache.cache or os.path.exists(filename):
        return filename
    module = getmodule(object, filename)
    if getattr(module, "__loader__", None) is not None:
        return filename
    if getattr(getattr(module, "__spec__", None), "loader", None) is not None:
        return filename
    # Text given to eval or typed at the prompt is not in any file, but may be cached.
    if filename.startswith("<") and linecache.getlines(filename):
        return filename
    return None


def getabsfile(object, _filename=None):
    """The absolute, normalised path of the file in which an object was defined."""
    if _filename is None:
        _filename = getsourcefile(object) or getfile(object)
    return os.path.normcase(os.path.abspath(_filename))


def getmodule(object, _filename=None):
    """The module in which an object was defined, or None."""
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    try:
        file = getabsfile(object, _filename)
    except (TypeError, FileNotFoundError):
        return None
    if file not in modulesbyfile:
        for name, module in sys.modules.copy().items():
            if ismodule(module) and getattr(module, "__file__", None):
                modulesbyfile[os.path.normcase(os.path.abspath(module.__file__))] = name
    if file in modulesbyfile:
        return sys.modules.get(modulesbyfile[file])
    main = sys.modules["__main__"]
    name = getattr(object, "__name__", None)
    if name is None:
        return None
    for module in (main, sys.modules["builtins"]):
        if getattr(module, name, None) is object:
            return module
    return None


def findsource(object):
    """All lines of the file an object was defined in, and the index of its first line."""
    import linecache

    file = getsourcefile(object)
    if file:
        linecache.checkcache(file)
    else:
        file = getfile(object)
        if not (file.startswith("<") and file.endswith(">")):
            raise OSError("source code not available")
    module = getmodule(object, file)
    if module:
        lines = linecache.getlines(file, module.__dict__)
    else:
        lines = linecache.getlines(file)
    if not lines:
        raise OSError("could not get source code")

    if ismodule(object):
        return lines, 0
    if isclass(object):
        try:
            first = vars(object)["__firstlineno__"]
        except (TypeError, KeyError):
            raise OSError("source code not available") from None
        if first > len(lines):
            raise OSError("lineno is out of bounds")
        return lines, first - 1
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        if not hasattr(object, "co_firstlineno"):
            raise OSError("could not find function definition")
        first = object.co_firstlineno - 1
        if first >= len(lines):
            raise OSError("lineno is out of bounds")
        return lines, first
    raise OSError("could not find code object")


def _logical_lines(lines):
    """Cut lines of source into (first, end, indentation, text) by statement.

    `text` is that of the first physical line, stripped; it is empty for a blank line, and
    starts with `#` for a line with only a comment. Line numbers count from 0, `end` is
    exclusive.
    """
    quote = None
    depth = 0
    first = None
    for number, line in enumerate(lines):
        if first is None:
            first = number
            start_text = line.strip()
            column = indentsize(line)
        i = 0
        size = len(line)
        continued = False
        while i < size:
            char = line[i]
            if quote is not None:
                if char == "\\":
                    i += 2
                    continue
                if line.startswith(quote, i):
                    i += len(quote)
                    quote = None
                    continue
                i += 1
                continue
            if char == "#":
                break
            if char in "\"'":
                quote = char * 3 if line.startswith(char * 3, i) else char
                i += len(quote)
                continue
            if char in "([{":
                depth += 1
            elif char in ")]}":
                depth -= 1
            elif char == "\\" and line[i + 1 :].strip() == "":
                continued = True
                break
            i += 1
        if quote is not None and len(quote) == 1:
            # A one-line string reaches into the next line only after a backslash.
            if not line.rstrip("\r\n").endswith("\\"):
                quote = None
        if quote is None and depth <= 0 and not continued:
            yield first, number + 1, column, start_text
            first = None
            depth = 0
    if first is not None:
        yield first, len(lines), column, start_text


class BlockFinder:
    """Finds the last line of the definition that a list of lines begins with."""

    def __init__(self):
        self.last = 1

    def scan(self, lines):
        column = None
        body_column = None
        for first, end, indentation, text in _logical_lines(lines):
            if column is None:
                self.last = end
                if text.startswith("@") or not text or text.startswith("#"):
                    continue
                if not text.startswith(("def ", "class ", "async ", "class:")):
                    # A lambda or a generator expression: the statement it stands in.
                    return self.last
                column = indentation
                continue
            if not text:
                continue
            if text.startswith("#"):
                if body_column is not None and indentation >= body_column:
                    self.last = end
                continue
            if indentation <= column:
                break
            if body_column is None:
                body_column = indentation
            self.last = end
        return self.last


def getblock(lines):
    """The lines of the definition at the top of `lines`."""
    return lines[: BlockFinder().scan(lines)]


def getsourcelines(object):
    """The source lines of an object and the number of the first; (all lines, 0) for a
    module."""
    from . import unwrap

    object = unwrap(object)
    lines, first = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or (
        isframe(object) and object.f_code.co_name == "<module>"
    ):
        return lines, 0
    return getblock(lines[first:]), first + 1


def getsource(object):
    """The source text of an object."""
    lines, _ = getsourcelines(object)
    return "".join(lines)


def getcomments(object):
    """The comment lines right above an object's definition, or at the top of a module;
    None if there are none."""
    try:
        lines, first = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        start = 1 if lines and lines[0][:2] == "#!" else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        end = start
        while end < len(lines) and lines[end][:1] == "#":
            end += 1
        found = lines[start:end]
    else:
        indentation = indentsize(lines[first])
        start = first
        while (
            start > 0
            and lines[start - 1].lstrip()[:1] == "#"
            and indentsize(lines[start - 1]) == indentation
        ):
            start -= 1
        found = [line.expandtabs().lstrip() for line in lines[start:first]]
        while found and found[0].strip() == "#":
            del found[0]
        while found and found[-1].strip() == "#":
            del found[-1]
    return "".join(line.expandtabs() for line in found) or None
