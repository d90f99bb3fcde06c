"""Pretty-printing of data: what does not fit into a line is spread over several.

The text of an object is made twice over: as `repr` would, with dicts and sets sorted, and when
that is too wide, by the method for its type, which writes the parts with their indentation.
Which method that is, is asked by the type's `__repr__`: a subclass that keeps it prints alike.

Source: Library Reference "pprint".
"""

import collections as _collections
import sys as _sys
import types as _types
from io import StringIO as _StringIO

__all__ = [
    "pprint",
    "pformat",
    "isreadable",
    "isrecursive",
    "saferepr",
    "PrettyPrinter",
    "pp",
]


def pprint(
    object,
    stream=None,
    indent=1,
    width=80,
    depth=None,
    *,
    compact=False,
    sort_dicts=True,
    underscore_numbers=False,
):
    """Pretty-print a Python object to a stream [default is sys.stdout]."""
    PrettyPrinter(
        stream=stream,
        indent=indent,
        width=width,
        depth=depth,
        compact=compact,
        sort_dicts=sort_dicts,
        underscore_numbers=underscore_numbers,
    ).pprint(object)


def pformat(
    object,
    indent=1,
    width=80,
    depth=None,
    *,
    compact=False,
    sort_dicts=True,
    underscore_numbers=False,
):
    """Format a Python object into a pretty-printed representation."""
    return PrettyPrinter(
        indent=indent,
        width=width,
        depth=depth,
        compact=compact,
        sort_dicts=sort_dicts,
        underscore_numbers=underscore_numbers,
    ).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """Pretty-print a Python object"""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    """Version of repr() which can handle recursive data structures."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]


def isreadable(object):
    """Determine if saferepr(object) is readable by eval()."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[1]


def isrecursive(object):
    """Determine if object requires a recursive representation."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[2]


class _safe_key:
    """Orders things that cannot be compared by their types and addresses."""

    __slots__ = ["obj"]

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))


def _safe_tuple(pair):
    return _safe_key(pair[0]), _safe_key(pair[1])


def _recursion(object):
    return f"<Recursion on {type(object).__name__} with id={id(object)}>"


class PrettyPrinter:
    """Writes objects over several lines where one line is too narrow."""

    def __init__(
        self,
        indent=1,
        width=80,
        depth=None,
        stream=None,
        *,
        compact=False,
        sort_dicts=True,
        underscore_numbers=False,
    ):
        indent = int(indent)
        width = int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth = depth
        self._indent_per_level = indent
        self._width = width
        if stream is not None:
            self._stream = stream
        else:
            self._stream = _sys.stdout
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        stream = _StringIO()
        self._format(object, stream, 0, 0, {}, 0)
        return stream.getvalue()

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        text, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def _format(self, object, stream, indent, allowance, context, level):
        key = id(object)
        if key in context:
            stream.write(_recursion(object))
            self._recursive = True
            self._readable = False
            return
        text = self._repr(object, context, level)
        if len(text) > self._width - indent - allowance:
            method = self._dispatch.get(type(object).__repr__)
            if method is None:
                method = self._dataclass_method(object)
            if method is not None:
                context[key] = 1
                method(self, object, stream, indent, allowance, context, level + 1)
                del context[key]
                return
        stream.write(text)

    def _dataclass_method(self, object):
        """The method for instances of dataclasses whose `__repr__` the decorator made."""
        if isinstance(object, type) or not hasattr(type(object), "__dataclass_fields__"):
            return None
        if not object.__dataclass_params__.repr or not hasattr(object.__repr__, "__wrapped__"):
            return None
        # What the decorator writes is in no file.
        if not object.__repr__.__wrapped__.__code__.co_filename.startswith("<"):
            return None
        return PrettyPrinter._pprint_dataclass

    def _pprint_dataclass(self, object, stream, indent, allowance, context, level):
        from dataclasses import fields

        name = object.__class__.__name__
        indent += len(name) + 1
        items = [(f.name, getattr(object, f.name)) for f in fields(object) if f.repr]
        stream.write(name + "(")
        self._format_namespace_items(items, stream, indent, allowance, context, level)
        stream.write(")")

    _dispatch = {}

    def _pprint_dict(self, object, stream, indent, allowance, context, level):
        stream.write("{")
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")
        if len(object):
            items = object.items()
            if self._sort_dicts:
                items = sorted(items, key=_safe_tuple)
            self._format_dict_items(items, stream, indent, allowance + 1, context, level)
        stream.write("}")

    _dispatch[dict.__repr__] = _pprint_dict

    def _pprint_ordered_dict(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "(")
        items = list(object.items())
        self._format(items, stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(")")

    _dispatch[_collections.OrderedDict.__repr__] = _pprint_ordered_dict

    def _pprint_list(self, object, stream, indent, allowance, context, level):
        stream.write("[")
        self._format_items(object, stream, indent, allowance + 1, context, level)
        stream.write("]")

    _dispatch[list.__repr__] = _pprint_list

    def _pprint_tuple(self, object, stream, indent, allowance, context, level):
        stream.write("(")
        end = ",)" if len(object) == 1 else ")"
        self._format_items(object, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    _dispatch[tuple.__repr__] = _pprint_tuple

    def _pprint_set(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        kind = object.__class__
        if kind is set:
            stream.write("{")
            end = "}"
        else:
            stream.write(kind.__name__ + "({")
            end = "})"
            indent += len(kind.__name__) + 1
        items = sorted(object, key=_safe_key)
        self._format_items(items, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    _dispatch[set.__repr__] = _pprint_set
    _dispatch[frozenset.__repr__] = _pprint_set

    def _pprint_str(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        pieces = []
        if level == 1:
            indent += 1
            allowance += 1
        width = self._width - indent
        room = width
        lines = object.splitlines(True)
        for number, line in enumerate(lines):
            shown = repr(line)
            if number == len(lines) - 1:
                room -= allowance
            if len(shown) <= room:
                pieces.append(shown)
                continue
            # Too wide: words, each with the white space behind it, are put together again.
            words = _words(line)
            room = width
            current = ""
            for index, word in enumerate(words):
                candidate = current + word
                if index == len(words) - 1 and number == len(lines) - 1:
                    room -= allowance
                if len(repr(candidate)) > room:
                    if current:
                        pieces.append(repr(current))
                    current = word
                else:
                    current = candidate
            if current:
                pieces.append(repr(current))
        if len(pieces) == 1:
            stream.write(pieces[0])
            return
        if level == 1:
            stream.write("(")
        for index, piece in enumerate(pieces):
            if index:
                stream.write("\n" + " " * indent)
            stream.write(piece)
        if level == 1:
            stream.write(")")

    _dispatch[str.__repr__] = _pprint_str

    def _pprint_bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
            return
        parens = level == 1
        if parens:
            indent += 1
            allowance += 1
            stream.write("(")
        between = ""
        for shown in _wrap_bytes(object, self._width - indent, allowance):
            stream.write(between + shown)
            between = between or "\n" + " " * indent
        if parens:
            stream.write(")")

    _dispatch[bytes.__repr__] = _pprint_bytes

    def _pprint_bytearray(self, object, stream, indent, allowance, context, level):
        stream.write("bytearray(")
        self._pprint_bytes(bytes(object), stream, indent + 10, allowance + 1, context, level + 1)
        stream.write(")")

    _dispatch[bytearray.__repr__] = _pprint_bytearray

    def _pprint_mappingproxy(self, object, stream, indent, allowance, context, level):
        stream.write("mappingproxy(")
        self._format(object.copy(), stream, indent + 13, allowance + 1, context, level)
        stream.write(")")

    _dispatch[_types.MappingProxyType.__repr__] = _pprint_mappingproxy

    def _pprint_simplenamespace(self, object, stream, indent, allowance, context, level):
        kind = object.__class__
        name = "namespace" if kind is _types.SimpleNamespace else kind.__name__
        indent += len(name) + 1
        stream.write(name + "(")
        items = object.__dict__.items()
        self._format_namespace_items(items, stream, indent, allowance, context, level)
        stream.write(")")

    _dispatch[_types.SimpleNamespace.__repr__] = _pprint_simplenamespace

    def _format_dict_items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        between = ",\n" + " " * indent
        last = len(items) - 1
        for index, (key, value) in enumerate(items):
            shown = self._repr(key, context, level)
            if index:
                stream.write(between)
            stream.write(shown + ": ")
            room = allowance if index == last else 1
            self._format(value, stream, indent + len(shown) + 2, room, context, level)

    def _format_namespace_items(self, items, stream, indent, allowance, context, level):
        between = ",\n" + " " * indent
        last = len(items) - 1
        for index, (key, value) in enumerate(items):
            if index:
                stream.write(between)
            stream.write(key + "=")
            if id(value) in context:
                # As dataclasses show themselves in themselves.
                stream.write("...")
            else:
                room = allowance if index == last else 1
                self._format(value, stream, indent + len(key) + 1, room, context, level)

    def _format_items(self, items, stream, indent, allowance, context, level):
        write = stream.write
        indent += self._indent_per_level
        if self._indent_per_level > 1:
            write((self._indent_per_level - 1) * " ")
        newline = ",\n" + " " * indent
        between = ""
        width = room = self._width - indent + 1
        items = list(items)
        last = len(items) - 1
        for index, item in enumerate(items):
            if index == last:
                room -= allowance
                width -= allowance
            if self._compact:
                shown = self._repr(item, context, level)
                needed = len(shown) + 2
                if room < needed:
                    room = width
                    if between:
                        between = newline
                if room >= needed:
                    room -= needed
                    write(between)
                    between = ", "
                    write(shown)
                    continue
            write(between)
            between = newline
            self._format(item, stream, indent, allowance if index == last else 1, context, level)

    def _repr(self, object, context, level):
        text, readable, recursive = self.format(object, context.copy(), self._depth, level)
        if not readable:
            self._readable = False
        if recursive:
            self._recursive = True
        return text

    def format(self, object, context, maxlevels, level):
        """Format object for a specific context, returning a string
        and flags indicating whether the representation is 'readable'
        and whether the object represents a recursive construct.
        """
        return self._safe_repr(object, context, maxlevels, level)

    def _pprint_default_dict(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)
        name = object.__class__.__name__
        indent += len(name) + 1
        stream.write(f"{name}({factory},\n{' ' * indent}")
        self._pprint_dict(object, stream, indent, allowance + 1, context, level)
        stream.write(")")

    _dispatch[_collections.defaultdict.__repr__] = _pprint_default_dict

    def _pprint_counter(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "({")
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")
        items = object.most_common()
        self._format_dict_items(
            items, stream, indent + len(name) + 1, allowance + 2, context, level
        )
        stream.write("})")

    _dispatch[_collections.Counter.__repr__] = _pprint_counter

    def _pprint_chain_map(self, object, stream, indent, allowance, context, level):
        if not len(object.maps):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "(")
        indent += len(name) + 1
        for index, mapping in enumerate(object.maps):
            if index == len(object.maps) - 1:
                self._format(mapping, stream, indent, allowance + 1, context, level)
                stream.write(")")
            else:
                self._format(mapping, stream, indent, 1, context, level)
                stream.write(",\n" + " " * indent)

    _dispatch[_collections.ChainMap.__repr__] = _pprint_chain_map

    def _pprint_deque(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "(")
        indent += len(name) + 1
        stream.write("[")
        if object.maxlen is None:
            self._format_items(object, stream, indent, allowance + 2, context, level)
            stream.write("])")
        else:
            self._format_items(object, stream, indent, 2, context, level)
            limit = self._repr(object.maxlen, context, level)
            stream.write(f"],\n{' ' * indent}maxlen={limit})")

    _dispatch[_collections.deque.__repr__] = _pprint_deque

    def _pprint_user_dict(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)

    _dispatch[_collections.UserDict.__repr__] = _pprint_user_dict
    _dispatch[_collections.UserList.__repr__] = _pprint_user_dict
    _dispatch[_collections.UserString.__repr__] = _pprint_user_dict

    def _safe_repr(self, object, context, maxlevels, level):
        """The text on one line; whether `eval` could read it; whether the object contains itself."""
        kind = type(object)
        if kind in _simple:
            return repr(object), True, False
        shower = getattr(kind, "__repr__", None)
        if issubclass(kind, int) and shower is int.__repr__:
            if self._underscore_numbers:
                return f"{object:_d}", True, False
            return repr(object), True, False
        if issubclass(kind, dict) and shower is dict.__repr__:
            return self._repr_dict(object, context, maxlevels, level)
        if (issubclass(kind, list) and shower is list.__repr__) or (
            issubclass(kind, tuple) and shower is tuple.__repr__
        ):
            return self._repr_sequence(object, context, maxlevels, level)
        text = repr(object)
        return text, bool(text and not text.startswith("<")), False

    def _repr_dict(self, object, context, maxlevels, level):
        if not object:
            return "{}", True, False
        key = id(object)
        if maxlevels and level >= maxlevels:
            return "{...}", False, key in context
        if key in context:
            return _recursion(object), False, True
        context[key] = 1
        readable, recursive = True, False
        level += 1
        items = object.items()
        if self._sort_dicts:
            items = sorted(items, key=_safe_tuple)
        parts = []
        for pair in items:
            shown = []
            for part in pair:
                text, part_readable, part_recursive = self.format(part, context, maxlevels, level)
                shown.append(text)
                readable = readable and part_readable
                recursive = recursive or part_recursive
            parts.append(": ".join(shown))
        del context[key]
        return "{%s}" % ", ".join(parts), readable, recursive

    def _repr_sequence(self, object, context, maxlevels, level):
        if isinstance(object, list):
            if not object:
                return "[]", True, False
            frame = "[%s]"
        elif len(object) == 1:
            frame = "(%s,)"
        else:
            if not object:
                return "()", True, False
            frame = "(%s)"
        key = id(object)
        if maxlevels and level >= maxlevels:
            return frame % "...", False, key in context
        if key in context:
            return _recursion(object), False, True
        context[key] = 1
        readable, recursive = True, False
        level += 1
        parts = []
        for item in object:
            text, item_readable, item_recursive = self.format(item, context, maxlevels, level)
            parts.append(text)
            readable = readable and item_readable
            recursive = recursive or item_recursive
        del context[key]
        return frame % ", ".join(parts), readable, recursive


_simple = frozenset({str, bytes, bytearray, float, complex, bool, type(None)})


def _words(line):
    """The line, cut behind each stretch of white space."""
    words = []
    start = index = 0
    length = len(line)
    while index < length:
        while index < length and not line[index].isspace():
            index += 1
        while index < length and line[index].isspace():
            index += 1
        words.append(line[start:index])
        start = index
    return words


def _wrap_bytes(object, width, allowance):
    # Four bytes at a time, as hexadecimal dumps do.
    current = b""
    last = len(object) // 4 * 4
    for index in range(0, len(object), 4):
        part = object[index : index + 4]
        candidate = current + part
        if index == last:
            width -= allowance
        if len(repr(candidate)) > width:
            if current:
                yield repr(current)
            current = part
        else:
            current = candidate
    if current:
        yield repr(current)
