"""Constants of characters, `$`-templates, and str.format() as a class to derive from.

A template is cut into literal text and placeholders by hand; regular expressions come in
only for a subclass that says what an identifier is by one. Formatter makes every step of
formatting a method of its own: find the value, convert it, format it.

Source: Library Reference "string", PEP 292, PEP 3101.
"""

__all__ = [
    "ascii_letters",
    "ascii_lowercase",
    "ascii_uppercase",
    "capwords",
    "digits",
    "hexdigits",
    "octdigits",
    "printable",
    "punctuation",
    "whitespace",
    "Formatter",
    "Template",
]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Capitalize each word; words are what `split(sep)` finds, joined by `sep` or a space."""
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])


_IDENTIFIER_START = frozenset(ascii_letters + "_")
_IDENTIFIER = frozenset(ascii_letters + digits + "_")

# What a placeholder can turn out to be.
_ESCAPED, _NAME, _INVALID = "escaped", "name", "invalid"

_absent = object()


class _Pattern:
    """The pattern of a class of templates, which is made when it is asked for: most programs never do."""

    def __get__(self, instance, cls):
        cls.pattern = pattern = _compile_pattern(cls, None)
        return pattern


def _compile_pattern(cls, pattern):
    import re

    if pattern is None:
        delimiter = re.escape(cls.delimiter)
        pattern = (
            rf"{delimiter}(?:(?P<escaped>{delimiter})|(?P<named>{cls.idpattern})|"
            rf"{{(?P<braced>{cls.braceidpattern or cls.idpattern})}}|(?P<invalid>))"
        )
    return re.compile(pattern, cls.flags | re.VERBOSE)


class Template:
    """A string with placeholders `$name` or `${name}`, and `$$` for a dollar sign.

    Subclasses may set another `delimiter`; or `idpattern`, `braceidpattern`, `flags`, or
    even the whole `pattern`, which are regular expressions.
    """

    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    # re.IGNORECASE
    flags = 2
    pattern = _Pattern()

    def __init_subclass__(cls):
        super().__init_subclass__()
        own_pattern = cls.__dict__.get("pattern")
        if own_pattern is None and not any(
            name in cls.__dict__ for name in ("idpattern", "braceidpattern", "flags")
        ):
            if not cls._regular:
                cls.pattern = _Pattern()
                return
        cls.pattern = _compile_pattern(cls, own_pattern)
        cls._regular = True

    _regular = False

    def __init__(self, template):
        self.template = template

    def _placeholders(self):
        """All placeholders as (start, end, kind, name)."""
        return self._by_pattern() if self._regular else self._by_hand()

    def _by_pattern(self):
        for match in self.pattern.finditer(self.template):
            name = match.group("named") or match.group("braced")
            if name is not None:
                yield match.start(), match.end(), _NAME, name
            elif match.group("escaped") is not None:
                yield match.start(), match.end(), _ESCAPED, None
            elif match.group("invalid") is not None:
                yield match.start(), match.end(), _INVALID, match.start("invalid")
            else:
                raise ValueError("Unrecognized named group in pattern", self.pattern)

    def _by_hand(self):
        text = self.template
        delimiter = self.delimiter
        start = text.find(delimiter)
        while start >= 0:
            after = end = start + len(delimiter)
            kind, name = _INVALID, after
            if text.startswith(delimiter, after):
                kind, end = _ESCAPED, after + len(delimiter)
            else:
                braced = text.startswith("{", after)
                first = last = after + 1 if braced else after
                if text[first : first + 1] in _IDENTIFIER_START:
                    while text[last : last + 1] in _IDENTIFIER:
                        last += 1
                if last > first and (not braced or text.startswith("}", last)):
                    kind, name = _NAME, text[first:last]
                    end = last + 1 if braced else last
            yield start, end, kind, name
            start = text.find(delimiter, end)

    def _invalid(self, position):
        lines = self.template[:position].splitlines(keepends=True)
        if not lines:
            lineno = column = 1
        else:
            lineno = len(lines)
            column = position - len("".join(lines[:-1]))
        raise ValueError(
            f"Invalid placeholder in string: line {lineno}, col {column}"
        )

    def _mapping(self, mapping, kws):
        if mapping is _absent:
            return kws
        if kws:
            from collections import ChainMap

            return ChainMap(kws, mapping)
        return mapping

    def substitute(self, mapping=_absent, /, **kws):
        """Put in a value for every placeholder; KeyError if one is missing."""
        mapping = self._mapping(mapping, kws)
        parts = []
        done = 0
        for start, end, kind, name in self._placeholders():
            parts.append(self.template[done:start])
            done = end
            if kind is _NAME:
                parts.append(str(mapping[name]))
            elif kind is _ESCAPED:
                parts.append(self.delimiter)
            else:
                self._invalid(name)
        parts.append(self.template[done:])
        return "".join(parts)

    def safe_substitute(self, mapping=_absent, /, **kws):
        """The same, but what is missing or invalid stays as it is."""
        mapping = self._mapping(mapping, kws)
        parts = []
        done = 0
        for start, end, kind, name in self._placeholders():
            parts.append(self.template[done:start])
            done = end
            if kind is _ESCAPED:
                parts.append(self.delimiter)
                continue
            if kind is _NAME:
                try:
                    parts.append(str(mapping[name]))
                    continue
                except KeyError:
                    pass
            parts.append(self.template[start:end])
        parts.append(self.template[done:])
        return "".join(parts)

    def is_valid(self):
        """Whether all placeholders are well formed."""
        return all(kind is not _INVALID for _, _, kind, _ in self._placeholders())

    def get_identifiers(self):
        """The names of the placeholders, each once, in order of appearance."""
        names = {}
        for _, _, kind, name in self._placeholders():
            if kind is _NAME:
                names[name] = None
        return list(names)


def _parse_field(text, i):
    """Read a replacement field from behind its `{`: (name, spec, conversion, end)."""
    size = len(text)
    start = i
    conversion = None
    # The name reaches to `!`, `:` or `}`, but these may stand in an index.
    while i < size and text[i] not in "!:}":
        if text[i] == "{":
            raise ValueError("unexpected '{' in field name")
        if text[i] == "[":
            while i < size and text[i] != "]":
                i += 1
            if i == size:
                break
        i += 1
    if i >= size:
        raise ValueError("expected '}' before end of string")
    name = text[start:i]
    if text[i] == "!":
        if i + 1 >= size:
            raise ValueError(
                "end of string while looking for conversion specifier"
            )
        conversion = text[i + 1]
        i += 2
        if i >= size:
            raise ValueError("unmatched '{' in format spec")
        if text[i] not in ":}":
            raise ValueError("expected ':' after conversion specifier")
    if text[i] == "}":
        return name, "", conversion, i + 1
    # The specification may hold replacement fields itself.
    start = i + 1
    depth = 1
    i = start
    while i < size:
        if text[i] == "{":
            depth += 1
        elif text[i] == "}":
            depth -= 1
            if depth == 0:
                return name, text[start:i], conversion, i + 1
        i += 1
    if start < size:
        raise ValueError("unmatched '{' in format spec")
    raise ValueError("expected '}' before end of string")


def _parse_format(text):
    """Cut a format string into (literal, field name, format spec, conversion)."""
    literal = []
    i = 0
    size = len(text)
    while i < size:
        char = text[i]
        if char not in "{}":
            literal.append(char)
            i += 1
            continue
        if text[i + 1 : i + 2] == char:
            # Doubled: the character itself, at the end of a piece of its own.
            literal.append(char)
            yield "".join(literal), None, None, None
            literal.clear()
            i += 2
            continue
        if char == "}":
            raise ValueError("Single '}' encountered in format string")
        if i + 1 >= size:
            raise ValueError("Single '{' encountered in format string")
        name, spec, conversion, i = _parse_field(text, i + 1)
        yield "".join(literal), name, spec, conversion
        literal.clear()
    if literal:
        yield "".join(literal), None, None, None


def _split_field_name(name):
    """Cut `0.name[key]` into its first part, and the steps as (is attribute, key)."""
    end = 0
    while end < len(name) and name[end] not in ".[":
        end += 1
    first = name[:end]
    if first.isdecimal():
        first = int(first)
    return first, _field_steps(name, end)


def _field_steps(name, i):
    while i < len(name):
        if name[i] == ".":
            end = i + 1
            while end < len(name) and name[end] not in ".[":
                end += 1
            key, is_attribute = name[i + 1 : end], True
        elif name[i] == "[":
            end = name.find("]", i)
            if end < 0:
                raise ValueError("Missing ']' in format string")
            key, is_attribute = name[i + 1 : end], False
            end += 1
        else:
            raise ValueError(
                "Only '.' or '[' may follow ']' in format field specifier"
            )
        if not key:
            raise ValueError("Empty attribute in format string")
        if not is_attribute and key.isdecimal():
            key = int(key)
        yield is_attribute, key
        i = end


class Formatter:
    """What str.format() does, in steps that a subclass can change."""

    def format(self, format_string, /, *args, **kwargs):
        """Format with these arguments."""
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        """Format with arguments that are a tuple and a dictionary already."""
        used_args = set()
        result, _ = self._vformat(format_string, args, kwargs, used_args, 2)
        self.check_unused_args(used_args, args, kwargs)
        return result

    def _vformat(
        self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0
    ):
        if recursion_depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                result.append(literal)
            if name is None:
                continue
            # Fields are numbered by us or by the program, not by both; False says that
            # the program has begun to.
            first, _ = _split_field_name(name)
            if first == "":
                if auto_arg_index is False:
                    raise ValueError(
                        "cannot switch from manual field "
                        "specification to automatic field "
                        "numbering"
                    )
                name = str(auto_arg_index) + name
                auto_arg_index += 1
            elif isinstance(first, int):
                if auto_arg_index:
                    # Said the same way round whichever comes first.
                    raise ValueError(
                        "cannot switch from manual field "
                        "specification to automatic field "
                        "numbering"
                    )
                auto_arg_index = False
            value, used = self.get_field(name, args, kwargs)
            used_args.add(used)
            value = self.convert_field(value, conversion)
            spec, auto_arg_index = self._vformat(
                spec,
                args,
                kwargs,
                used_args,
                recursion_depth - 1,
                auto_arg_index=auto_arg_index,
            )
            result.append(self.format_field(value, spec))
        return "".join(result), auto_arg_index

    def get_value(self, key, args, kwargs):
        """The argument of this number or name."""
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        """Called at the end; may raise an exception if arguments were not used."""

    def format_field(self, value, format_spec):
        """A converted value as text."""
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        """Apply what stands behind `!`, if anything."""
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError(f"Unknown conversion specifier {conversion!s}")

    def parse(self, format_string):
        """Iterate over (literal text, field name, format specification, conversion)."""
        return _parse_format(format_string)

    def get_field(self, field_name, args, kwargs):
        """The value that `0.name[key]` leads to, and the number or name it starts with."""
        first, steps = _split_field_name(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attribute, key in steps:
            obj = getattr(obj, key) if is_attribute else obj[key]
        return obj, first
