"""Tokens of Python source, with comments and places: for tools that read programs.

The whole source is read first and then scanned from left to right. What CPython's tokenizer
gives is given here: f-strings in parts (PEP 701), NEWLINE at the end of a logical line and NL
at that of any other.

Source: Library Reference "tokenize"; Language Reference, Lexical analysis.
"""

import builtins
import io
import re
import token as _token
from codecs import BOM_UTF8, lookup
from collections import namedtuple
from token import *
from token import EXACT_TOKEN_TYPES

__all__ = _token.__all__ + [
    "tokenize", "generate_tokens", "detect_encoding", "untokenize", "TokenInfo", "open", "TokenError",
]

cookie_re = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
blank_re = re.compile(rb"^[ \t\f]*(?:[#\r\n]|$)", re.ASCII)

_SPACE = re.compile(r"[ \t\f]*")
_NAME = re.compile(r"\w+")
_NUMBER = re.compile(
    r"0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+"
    r"|(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][-+]?\d(?:_?\d)*)?[jJ]?"
    r"|\d(?:_?\d)*[eE][-+]?\d(?:_?\d)*[jJ]?|\d(?:_?\d)*[jJ]?"
)
_STRING = re.compile(r"([rR]|[bB]|[uU]|[fF]|[bB][rR]|[rR][bB]|[fF][rR]|[rR][fF])?('''|\"\"\"|'|\")")
_OPERATOR = re.compile(
    "|".join(re.escape(text) for text in sorted(EXACT_TOKEN_TYPES, key=len, reverse=True))
)
_LINE_END = re.compile(r"\r?\n|\r")


class TokenError(Exception):
    """The source ends in the middle of something."""


class TokenInfo(namedtuple("TokenInfo", "type string start end line")):
    def __repr__(self):
        kind = f"{self.type} ({tok_name[self.type]})"
        return (
            f"TokenInfo(type={kind}, string={self.string!r}, start={self.start!r}, "
            f"end={self.end!r}, line={self.line!r})"
        )

    @property
    def exact_type(self):
        """The type of the operator, where `type` is OP."""
        if self.type == OP and self.string in EXACT_TOKEN_TYPES:
            return EXACT_TOKEN_TYPES[self.string]
        return self.type


class _Scanner:
    """Goes through a source; `position` is where it stands."""

    def __init__(self, source):
        self.source = source
        self.lines = source.splitlines(keepends=True) if "\f" not in source else _split(source)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        self.row = 0
        self.position = 0
        self.brackets = []

    def place(self, position):
        """Line and column; tokens come in order, so lines are searched from the last one."""
        row = self.row
        while row + 1 < len(self.lines) and self.starts[row + 1] <= position:
            row += 1
        self.row = row
        return row + 1, position - self.starts[row]

    def make(self, kind, begin, end, text=None):
        start = self.place(begin)
        stop = self.place(max(end, begin))
        line = "".join(self.lines[start[0] - 1 : stop[0]])
        self.position = end
        return TokenInfo(kind, self.source[begin:end] if text is None else text, start, stop, line)

    def error(self, message, position):
        return TokenError(message, self.place(position))

    def tokens(self):
        source, length = self.source, len(self.source)
        indents = [0]
        while self.position < length:
            begin = self.position
            column, end = self.indentation(begin)
            char = source[end : end + 1]
            if char in ("#", "\r", "\n", ""):
                # Nothing but a comment, or nothing at all.
                self.position = end
                if char == "":
                    break
                if char == "#":
                    yield self.comment()
                yield self.line_end(NL)
                continue
            if column > indents[-1]:
                indents.append(column)
                yield self.make(INDENT, begin, end)
            while column < indents[-1]:
                if column not in indents:
                    row = self.place(end)[0]
                    line = self.lines[row - 1]
                    raise IndentationError(
                        "unindent does not match any outer indentation level",
                        ("<string>", row, len(line.rstrip("\r\n")) + 1, line),
                    )
                indents.pop()
                yield self.make(DEDENT, end, end, "")
            self.position = end
            yield from self.logical_line()
        row = len(self.lines) + 1
        if self.brackets:
            raise TokenError("unexpected EOF in multi-line statement", (row, 0))
        for _ in indents[1:]:
            yield TokenInfo(DEDENT, "", (row, 0), (row, 0), "")
        yield TokenInfo(ENDMARKER, "", (row, 0), (row, 0), "")

    def indentation(self, position):
        column = 0
        while position < len(self.source):
            char = self.source[position]
            if char == " ":
                column += 1
            elif char == "\t":
                column = (column // 8 + 1) * 8
            elif char == "\f":
                column = 0
            elif char == "\\" and self.source[position + 1 : position + 2] in ("\n", "\r"):
                position = _LINE_END.match(self.source, position + 1).end() - 1
            else:
                break
            position += 1
        return column, position

    def comment(self):
        begin = self.position
        end = _LINE_END.search(self.source, begin)
        return self.make(COMMENT, begin, end.start() if end else len(self.source))

    def line_end(self, kind):
        """The token of a line end; at the end of the source it is empty."""
        begin = self.position
        end = _LINE_END.match(self.source, begin)
        if end is None:
            row, column = self.place(begin)
            line = self.lines[row - 1]
            return TokenInfo(kind, "", (row, column), (row, column + 1), line)
        row, column = self.place(begin)
        self.position = end.end()
        text = end.group()
        return TokenInfo(kind, text, (row, column), (row, column + 1 if text != "\r\n" else column + 2), self.lines[row - 1])

    def logical_line(self):
        while True:
            self.position = _SPACE.match(self.source, self.position).end()
            char = self.source[self.position : self.position + 1]
            if char == "":
                if self.brackets:
                    return
                yield self.line_end(NEWLINE)
                return
            if char == "#":
                yield self.comment()
            elif char in "\r\n":
                if not self.brackets:
                    yield self.line_end(NEWLINE)
                    return
                yield self.line_end(NL)
            elif char == "\\":
                self.continuation()
            else:
                yield from self.one()

    def continuation(self):
        end = _LINE_END.match(self.source, self.position + 1)
        if end is None:
            raise self.error("unexpected character after line continuation character", self.position)
        if end.end() >= len(self.source):
            raise TokenError("unexpected EOF in multi-line statement", (len(self.lines), 0))
        self.position = end.end()

    def one(self):
        """The token that begins here; the parts of an f-string are several."""
        source, begin = self.source, self.position
        string = _STRING.match(source, begin)
        if string is not None:
            if "f" in (string.group(1) or "").lower():
                yield from self.fstring(string)
            else:
                yield self.make(STRING, begin, self.end_of_string(string))
            return
        char = source[begin]
        if char.isdigit() or char == "." and source[begin + 1 : begin + 2].isdigit():
            number = _NUMBER.match(source, begin)
            if number is not None:
                yield self.make(NUMBER, begin, number.end())
                return
        name = _NAME.match(source, begin)
        if name is not None:
            yield self.make(NAME, begin, name.end())
            return
        operator = _OPERATOR.match(source, begin)
        if operator is None:
            yield self.make(ERRORTOKEN, begin, begin + 1)
            return
        text = operator.group()
        if text in "([{":
            self.brackets.append(text)
        elif text in ")]}" and self.brackets:
            self.brackets.pop()
        yield self.make(OP, begin, operator.end())

    def end_of_string(self, opening):
        source, quote = self.source, opening.group(2)
        position = opening.end()
        while True:
            char = source[position : position + 1]
            if char == "" or len(quote) == 1 and char in "\r\n":
                what = "string literal" if len(quote) == 1 else "triple-quoted string literal"
                row, column = self.place(opening.start())
                raise TokenError(
                    f"unterminated {what} (detected at line {len(self.lines) if len(quote) == 3 else row})",
                    (row, column + 1),
                )
            if char == "\\":
                # The line end after a backslash may be two characters; the second does no harm.
                position += 3 if source[position + 1 : position + 3] == "\r\n" else 2
            elif source.startswith(quote, position):
                return position + len(quote)
            else:
                position += 1

    def fstring(self, opening):
        quote = opening.group(2)
        raw = "r" in opening.group(1).lower()
        yield self.make(FSTRING_START, opening.start(), opening.end())
        yield from self.fstring_text(quote, raw, opening, in_spec=False)
        yield self.make(FSTRING_END, self.position, self.position + len(quote))

    def fstring_text(self, quote, raw, opening, in_spec):
        """Text and replacement fields, up to the quote, or to the brace that ends a format."""
        source = self.source
        begin = position = self.position
        after_field = False
        while True:
            char = source[position : position + 1]
            if char == "" or len(quote) == 1 and char in "\r\n" and not in_spec:
                row, column = self.place(opening.start())
                what = "f-string literal" if len(quote) == 1 else "triple-quoted f-string literal"
                raise TokenError(f"unterminated {what} (detected at line {row})", (row, column + 1))
            ends = source.startswith(quote, position) or in_spec and char == "}"
            if ends or char in "{}":
                double = not ends and not in_spec and source.startswith(char * 2, position)
                if double:
                    position += 1
                if begin < position or ends and in_spec and after_field:
                    yield self.make(FSTRING_MIDDLE, begin, position)
                if ends:
                    self.position = position
                    return
                if double:
                    position += 1
                    begin = self.position = position
                    continue
                self.position = position
                if char == "{":
                    yield from self.field(quote, raw, opening)
                    after_field = True
                else:
                    yield self.make(OP, position, position + 1)
                begin = position = self.position
            elif char == "\\" and not raw:
                if source.startswith("\\N{", position):
                    closing = source.find("}", position)
                    position = closing + 1 if closing >= 0 else position + 3
                else:
                    # A brace after a backslash is a brace all the same.
                    position += 1 if source[position + 1 : position + 2] in "{}" else 2
            elif char == "\\":
                position += 1 if source[position + 1 : position + 2] in "{}" else 2
            else:
                position += 1

    def field(self, quote, raw, opening):
        """A replacement field, with its braces."""
        outer, self.brackets = self.brackets, []
        yield self.make(OP, self.position, self.position + 1)
        while True:
            self.position = _SPACE.match(self.source, self.position).end()
            char = self.source[self.position : self.position + 1]
            if char == "":
                raise self.error("unexpected EOF in multi-line statement", self.position)
            if char == "#":
                yield self.comment()
            elif char in "\r\n":
                yield self.line_end(NL)
            elif char == "\\":
                self.continuation()
            elif not self.brackets and char == "}":
                yield self.make(OP, self.position, self.position + 1)
                break
            elif not self.brackets and char == "!" and self.source[self.position + 1] != "=":
                yield self.make(OP, self.position, self.position + 1)
            elif not self.brackets and char == ":":
                # Never a walrus: that stands in parentheses.
                yield self.make(OP, self.position, self.position + 1)
                yield from self.fstring_text(quote, raw, opening, in_spec=True)
            else:
                yield from self.one()
        self.brackets = outer


def _split(source):
    """Lines of a source; a form feed, unlike for splitlines(), ends none."""
    lines, begin = [], 0
    for end in _LINE_END.finditer(source):
        lines.append(source[begin : end.end()])
        begin = end.end()
    if begin < len(source):
        lines.append(source[begin:])
    return lines


def _read_all(readline):
    lines = []
    while True:
        try:
            line = readline()
        except StopIteration:
            break
        if not line:
            break
        lines.append(line)
    return lines


def generate_tokens(readline):
    """Tokenize a source reading Python code as unicode strings.

    This has the same API as tokenize(), except that it expects the *readline*
    callable to return str objects instead of bytes.
    """
    return _generate(readline)


def _generate(readline):
    yield from _Scanner("".join(_read_all(readline))).tokens()


def tokenize(readline):
    """
    The tokenize() generator requires one argument, readline, which
    must be a callable object which provides the same interface as the
    readline() method of built-in file objects.  Each call to the function
    should return one line of input as bytes.  Alternatively, readline
    can be a callable function terminating with StopIteration:
        readline = open(myfile, 'rb').__next__  # Example of alternate readline

    The generator produces 5-tuples with these members: the token type; the
    token string; a 2-tuple (srow, scol) of ints specifying the row and
    column where the token begins in the source; a 2-tuple (erow, ecol) of
    ints specifying the row and column where the token ends in the source;
    and the line on which the token was found.  The line passed is the
    physical line.

    The first token sequence will always be an ENCODING token
    which tells you which encoding was used to decode the bytes stream.
    """
    return _tokenize(readline)


def _tokenize(readline):
    encoding, consumed = detect_encoding(readline)
    yield TokenInfo(ENCODING, encoding, (0, 0), (0, 0), "")
    data = b"".join([*consumed, *_read_all(readline)])
    text = data.decode("utf-8-sig" if encoding == "utf-8-sig" else encoding)
    yield from _Scanner(text).tokens()


def _get_normal_name(orig_enc):
    """Spellings of the two usual encodings become one."""
    enc = orig_enc[:12].lower().replace("_", "-")
    if enc == "utf-8" or enc.startswith("utf-8-"):
        return "utf-8"
    if enc in ("latin-1", "iso-8859-1", "iso-latin-1") or enc.startswith(
        ("latin-1-", "iso-8859-1-", "iso-latin-1-")
    ):
        return "iso-8859-1"
    return orig_enc


def detect_encoding(readline):
    """
    The detect_encoding() function is used to detect the encoding that should
    be used to decode a Python source file.  It requires one argument, readline,
    in the same way as the tokenize() generator.

    It will call readline a maximum of twice, and return the encoding used
    (as a string) and a list of any lines (left as bytes) it has read in.

    It detects the encoding from the presence of a utf-8 bom or an encoding
    cookie as specified in pep-0263.  If both a bom and a cookie are present,
    but disagree, a SyntaxError will be raised.  If the encoding cookie is an
    invalid charset, raise a SyntaxError.  Note that if a utf-8 bom is found,
    'utf-8-sig' is returned.

    If no encoding is specified, then the default of 'utf-8' will be returned.
    """
    filename = getattr(getattr(readline, "__self__", None), "name", None)
    where = "" if filename is None else f" for {filename!r}"

    def read_or_stop():
        try:
            return readline()
        except StopIteration:
            return b""

    def find_cookie(line):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            message = "invalid or missing encoding declaration"
            raise SyntaxError(message + where) from None
        match = cookie_re.match(text)
        if not match:
            return None
        encoding = _get_normal_name(match.group(1))
        try:
            lookup(encoding)
        except LookupError:
            if filename is None:
                raise SyntaxError("unknown encoding: " + encoding) from None
            raise SyntaxError(f"unknown encoding{where}: {encoding}") from None
        if has_mark:
            if encoding != "utf-8":
                raise SyntaxError(f"encoding problem{where or ': utf-8'}")
            encoding += "-sig"
        return encoding

    first = read_or_stop()
    has_mark = first.startswith(BOM_UTF8)
    default = "utf-8-sig" if has_mark else "utf-8"
    if has_mark:
        first = first[3:]
    if not first:
        return default, []
    encoding = find_cookie(first)
    if encoding:
        return encoding, [first]
    if not blank_re.match(first):
        return default, [first]
    second = read_or_stop()
    if not second:
        return default, [first]
    return find_cookie(second) or default, [first, second]


def open(filename):
    """Open a file in read only mode using the encoding detected by
    detect_encoding().
    """
    buffer = builtins.open(filename, "rb")
    try:
        encoding, _ = detect_encoding(buffer.readline)
        buffer.seek(0)
        text = io.TextIOWrapper(buffer, encoding, line_buffering=True)
        text.mode = "r"
        return text
    except BaseException:
        buffer.close()
        raise


def untokenize(iterable):
    """Transform tokens back into Python source code.
    It returns a bytes object, encoded using the ENCODING
    token, which is the first token sequence output by tokenize, or a str without one.

    Each element returned by the iterable must be a token sequence
    with at least two elements, a token number and token value.  If
    only two tokens are passed, the resulting output is poor.
    """
    parts, encoding = [], None
    row, column = 1, 0
    tokens = list(iterable)
    if tokens and any(len(each) == 2 for each in tokens):
        return _untokenize_pairs(tokens)
    for kind, text, start, end, line in tokens:
        if kind == ENCODING:
            encoding = text
            continue
        if kind == ENDMARKER:
            break
        if start < (row, column):
            raise ValueError(f"start ({start[0]},{start[1]}) precedes previous end ({row},{column})")
        if start[0] > row:
            parts.append("\\\n" * (start[0] - row))
            column = 0
        parts.append(" " * (start[1] - column))
        if kind == FSTRING_MIDDLE:
            # Braces that stand for themselves are doubled.
            text = text.replace("{", "{{").replace("}", "}}")
            end = end[0], end[1] + text.count("{{") + text.count("}}")
        parts.append(text)
        row, column = end
        if kind in (NEWLINE, NL):
            row, column = row + 1, 0
    result = "".join(parts)
    return result if encoding is None else result.encode(encoding)


def _untokenize_pairs(tokens):
    """Source from types and strings only: with spaces wherever they may be needed."""
    parts, encoding, indents = [], None, []
    at_start = False
    for kind, text in (each[:2] for each in tokens):
        if kind == ENCODING:
            encoding = text
            continue
        if kind in (NAME, NUMBER):
            text += " "
        elif kind == INDENT:
            indents.append(text)
            continue
        elif kind == DEDENT:
            indents.pop()
            continue
        elif kind in (NEWLINE, NL):
            at_start = True
        elif kind == FSTRING_MIDDLE:
            text = text.replace("{", "{{").replace("}", "}}")
        if at_start and kind not in (NEWLINE, NL):
            parts.extend(indents)
            at_start = False
        if kind == STRING and parts and parts[-1][-1:] in "'\"":
            text = " " + text
        parts.append(text)
    result = "".join(parts)
    return result if encoding is None else result.encode(encoding)


def main():
    """Shows the tokens of a file, or of the standard input."""
    import argparse
    import sys

    parser = argparse.ArgumentParser()
    parser.add_argument(
        dest="filename", nargs="?", metavar="filename.py", help="the file to tokenize; defaults to stdin"
    )
    parser.add_argument(
        "-e", "--exact", dest="exact", action="store_true",
        help="display token names using the exact type",
    )
    args = parser.parse_args()
    if args.filename:
        with builtins.open(args.filename, "rb") as file:
            tokens = list(tokenize(file.readline))
    else:
        tokens = generate_tokens(sys.stdin.readline)
    for each in tokens:
        kind = each.exact_type if args.exact else each.type
        area = "%d,%d-%d,%d:" % (each.start + each.end)
        print("%-20s%-15s%-15r" % (area, tok_name[kind], each.string))


if __name__ == "__main__":
    main()
