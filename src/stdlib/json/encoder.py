"""Writing JSON: the class JSONEncoder.

A whole text is written by the native encoder; `iterencode` gives pieces, so that `dump` need
not hold all of them, and is a generator in Python.
"""

from _json import encode_basestring, encode_basestring_ascii, make_encoder

c_make_encoder = make_encoder
c_encode_basestring = encode_basestring
c_encode_basestring_ascii = encode_basestring_ascii

INFINITY = float("inf")


class JSONEncoder:
    """Extensible JSON <https://json.org> encoder for Python data structures."""

    item_separator = ", "
    key_separator = ": "

    def __init__(
        self,
        *,
        skipkeys=False,
        ensure_ascii=True,
        check_circular=True,
        allow_nan=True,
        sort_keys=False,
        indent=None,
        separators=None,
        default=None,
    ):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        """Implement this method in a subclass such that it returns
        a serializable object for ``o``, or calls the base implementation
        (to raise a ``TypeError``)."""
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def _quote(self):
        return encode_basestring_ascii if self.ensure_ascii else encode_basestring

    def _indentation(self):
        indent = self.indent
        return indent if indent is None or isinstance(indent, str) else " " * indent

    def encode(self, o):
        """Return a JSON string representation of a Python data structure."""
        if isinstance(o, str):
            return self._quote()(o)
        chunks = self.iterencode(o, _one_shot=True)
        if not isinstance(chunks, (list, tuple)):
            chunks = list(chunks)
        return "".join(chunks)

    def iterencode(self, o, _one_shot=False):
        """Encode the given object and yield each string
        representation as available."""
        if _one_shot:
            return c_make_encoder(
                {} if self.check_circular else None,
                self.default,
                self._quote(),
                self._indentation(),
                self.key_separator,
                self.item_separator,
                self.sort_keys,
                self.skipkeys,
                self.allow_nan,
            )(o, 0)
        return _Pieces(self).of(o, 0)


class _Pieces:
    """Gives the pieces of one text."""

    def __init__(self, encoder):
        self.encoder = encoder
        self.quote = encoder._quote()
        self.indent = encoder._indentation()
        self.open = {} if encoder.check_circular else None

    def float(self, o):
        if o != o:
            text = "NaN"
        elif o == INFINITY:
            text = "Infinity"
        elif o == -INFINITY:
            text = "-Infinity"
        else:
            return float.__repr__(o)
        if not self.encoder.allow_nan:
            raise ValueError("Out of range float values are not JSON compliant: " + repr(o))
        return text

    def simple(self, o):
        """The text of what has no parts; None for the rest."""
        if isinstance(o, str):
            return self.quote(o)
        if o is None:
            return "null"
        if o is True:
            return "true"
        if o is False:
            return "false"
        if isinstance(o, int):
            return int.__repr__(o)
        if isinstance(o, float):
            return self.float(o)
        return None

    def enter(self, o):
        if self.open is not None:
            if id(o) in self.open:
                raise ValueError("Circular reference detected")
            self.open[id(o)] = o

    def leave(self, o):
        if self.open is not None:
            del self.open[id(o)]

    def of(self, o, level):
        text = self.simple(o)
        if text is not None:
            yield text
        elif isinstance(o, (list, tuple)):
            yield from self.list(o, level)
        elif isinstance(o, dict):
            yield from self.dict(o, level)
        else:
            self.enter(o)
            yield from self.of(self.encoder.default(o), level)
            self.leave(o)

    def list(self, items, level):
        if not items:
            yield "[]"
            return
        self.enter(items)
        # What stands before an item is in one piece with the first piece of it.
        before = "["
        between = self.encoder.item_separator
        newline = None
        if self.indent is not None:
            level += 1
            newline = "\n" + self.indent * level
            between += newline
            before += newline
        for item in items:
            text = self.simple(item)
            if text is not None:
                yield before + text
            else:
                yield before
                yield from self.of(item, level)
            before = between
        if newline is not None:
            yield "\n" + self.indent * (level - 1)
        yield "]"
        self.leave(items)

    def key(self, key):
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return self.float(key)
        if key is None or key is True or key is False or isinstance(key, int):
            return self.simple(key)
        if self.encoder.skipkeys:
            return None
        raise TypeError(
            f"keys must be str, int, float, bool or None, not {key.__class__.__name__}"
        )

    def dict(self, mapping, level):
        if not mapping:
            yield "{}"
            return
        self.enter(mapping)
        yield "{"
        between = self.encoder.item_separator
        newline = None
        if self.indent is not None:
            level += 1
            newline = "\n" + self.indent * level
            between += newline
        items = mapping.items()
        if self.encoder.sort_keys:
            items = sorted(items)
        first = True
        for key, value in items:
            key = self.key(key)
            if key is None:
                continue
            if first:
                first = False
                if newline is not None:
                    yield newline
            else:
                yield between
            yield self.quote(key)
            yield self.encoder.key_separator
            text = self.simple(value)
            if text is not None:
                yield text
            else:
                yield from self.of(value, level)
        if not first and newline is not None:
            yield "\n" + self.indent * (level - 1)
        yield "}"
        self.leave(mapping)
