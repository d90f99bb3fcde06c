"""Where to put the marks under a line of a traceback (PEP 657).

The instruction that failed knows which piece of source it stands for. When that piece is
a binary operation, a call or a subscript, then `^` goes under what did it (the operator, the
argument list, the index) and `~` under the rest. Instead of parsing the piece we cut it
into tokens and look at those outside all brackets: the weakest operator is the root of the
expression, and without operators the last bracket is.
"""

from keyword import iskeyword

# Binary operators by how strongly they bind.
_STRENGTH = {
    "|": 1,
    "^": 2,
    "&": 3,
    "<<": 4,
    ">>": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "//": 6,
    "%": 6,
    "@": 6,
    "**": 8,
}
_OPERATORS = (
    "**=", "//=", ">>=", "<<=", "...", "!=", "->", ":=", "==", "<=", ">=", "+=", "-=", "*=",
    "/=", "%=", "@=", "&=", "|=", "^=", "**", "//", "<<", ">>",
)  # fmt: skip


class _Token:
    """A piece of source: what it is, and its place as (line, column) of start and end."""

    __slots__ = ("text", "kind", "start", "end", "opener")

    def __init__(self, text, kind, start, end, opener=None):
        self.text = text
        # "operand": a name, number or string; "bracket": a whole bracketed piece;
        # "word": a keyword; "op": anything else.
        self.kind = kind
        self.start = start
        self.end = end
        self.opener = opener


def _end_of_string(text, i):
    quote = text[i] * 3 if text.startswith(text[i] * 3, i) else text[i]
    i += len(quote)
    while i < len(text):
        if text[i] == "\\":
            i += 2
        elif text.startswith(quote, i):
            return i + len(quote)
        else:
            i += 1
    return None


def _tokens(text):
    """The tokens of a text outside all brackets, each bracketed piece being one of them;
    None if brackets or strings do not close."""
    result = []
    openers = []
    i = 0
    line = 0
    line_start = 0
    size = len(text)
    while i < size:
        char = text[i]
        start = (line, i - line_start)
        kind = "op"
        if char == "\n":
            line += 1
            i += 1
            line_start = i
            continue
        if char.isspace() or char == "\\":
            i += 1
            continue
        if char == "#":
            while i < size and text[i] != "\n":
                i += 1
            continue
        if char.isidentifier():
            end = i
            while end < size and (text[end].isidentifier() or text[end].isdigit()):
                end += 1
            word = text[i:end]
            if end < size and text[end] in "\"'" and word.lower() in (
                "r", "b", "u", "f", "rb", "br", "rf", "fr",
            ):  # fmt: skip
                end = _end_of_string(text, end)
                kind = "operand"
            elif iskeyword(word) and word not in ("None", "True", "False"):
                kind = "word"
            else:
                kind = "operand"
        elif char.isdigit() or (char == "." and text[i + 1 : i + 2].isdigit()):
            end = i
            while end < size and (text[end].isalnum() or text[end] in "._"):
                end += 1
                if text[end - 1] in "eE" and text[end : end + 1] in ("+", "-"):
                    end += text[i : i + 2] not in ("0x", "0X")
            kind = "operand"
        elif char in "\"'":
            end = _end_of_string(text, i)
            kind = "operand"
        else:
            end = i + 1
            for operator in _OPERATORS:
                if text.startswith(operator, i):
                    end = i + len(operator)
                    break
        if end is None:
            return None
        newlines = text.count("\n", i, end)
        if newlines:
            line += newlines
            line_start = text.rindex("\n", i, end) + 1
        finish = (line, end - line_start)
        piece = text[i:end]
        i = end
        if piece in ("(", "[", "{"):
            openers.append((piece, start, len(result)))
        elif piece in (")", "]", "}"):
            if not openers:
                return None
            opener, opened_at, index = openers.pop()
            del result[index:]
            result.append(_Token(opener + piece, "bracket", opened_at, finish, opener))
            continue
        result.append(_Token(piece, kind, start, finish))
    return None if openers else result


def _ends_operand(token):
    return token.kind in ("operand", "bracket")


def _anchors(text):
    """The (start, end) of what did it in an expression, or None."""
    tokens = _tokens(text)
    if not tokens:
        return None
    root = None
    previous = None
    for token in tokens:
        if token.kind == "word":
            # A comparison, `and`, `await`, a statement: something weaker is the root. The
            # word `not` may begin the right side of nothing that is a binary operation.
            return None
        if token.kind == "op" and token.text != ".":
            if previous is None or not _ends_operand(previous):
                # A sign in front of an operand; binds weaker than `**` only.
                if token.text not in ("-", "+", "~"):
                    return None
                if previous is None:
                    root = root or (7, None)
            else:
                strength = _STRENGTH.get(token.text)
                if strength is None:
                    return None
                # The last of equally strong ones is the root; of powers, the first.
                if root is None or strength < root[0] or (
                    strength == root[0] and strength != 8
                ):
                    if not (strength == 8 and root is not None):
                        root = (strength, token)
        previous = token
    if root is not None:
        if root[1] is None:
            return None
        return root[1].start, root[1].end
    last = tokens[-1]
    if len(tokens) > 1 and last.opener in ("(", "[") and _ends_operand(tokens[-2]):
        # Two strings in a row, or a string and a tuple, are no call; but then this piece
        # would not have been an instruction's.
        return last.start, last.end
    return None


def _is_plain_call(text, start, end):
    """Whether a line is nothing but `return f(...)` or `x = ...(...)`, and the call is the
    piece from start to end: marks would tell nothing that the line does not."""
    tokens = _tokens(text)
    if not tokens or len(tokens) < 3:
        return False
    for index, token in enumerate(tokens):
        if token.text == ";":
            tokens = tokens[:index]
            break
    first = tokens[0]
    if first.text == "return":
        value = tokens[1:]
        if len(value) != 2 or value[0].kind != "operand" or not value[0].text.isidentifier():
            return False
    else:
        equals = [i for i, token in enumerate(tokens) if token.text == "="]
        if len(equals) != 1 or first.kind == "word":
            return False
        if any(token.text == ":" for token in tokens):
            return False
        value = tokens[equals[-1] + 1 :]
        if any(token.kind == "word" for token in value) or any(
            token.kind == "op" and token.text != "." for token in value
        ):
            return False
    if len(value) < 2 or value[-1].opener != "(" or not _ends_operand(value[-2]):
        return False
    return value[0].start == start and value[-1].end == end


def _character_offset(line, byte_offset):
    return len(line.encode("utf-8")[:byte_offset].decode("utf-8", errors="replace"))


def _display_width(line, offset=None):
    """How many columns the first characters of a line take on a terminal."""
    if offset is None:
        offset = len(line)
    if line.isascii():
        return offset
    import unicodedata

    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line[:offset]
    )


def marked_lines(original, dedented, last, start_column, end_column):
    """The lines to show for a piece of source, with marks below them where these help.

    `original` and `dedented` are lines; the piece reaches from byte `start_column` of the
    first to byte `end_column` of number `last`.
    """
    lines = dedented[: last + 1]
    start = _character_offset(original[0], start_column)
    end = _character_offset(original[last], end_column)
    removed = len(original[0]) - len(lines[0])
    start = max(0, start - removed)
    end = max(0, end - removed)

    text = "\n".join(lines)
    piece = text[start : len(text) - (len(lines[-1]) - end)]
    anchors = _anchors(piece)
    if _is_plain_call(text, (0, start), (len(lines) - 1, end)):
        marks = False
    elif _tokens(text) == []:
        # The file has changed: this is not the statement that was executed.
        marks = False
    elif anchors:
        marks = True
    else:
        # A piece that is all there is on its lines needs no marks.
        marks = bool(lines[0][:start].lstrip() or lines[-1][end:].rstrip())

    significant = {0, len(lines) - 1}
    if anchors:
        # Positions in the piece, as positions in the lines and then on the screen.
        (first_line, first), (second_line, second) = anchors
        first += start if first_line == 0 else 0
        second += start if second_line == 0 else 0
        first = _display_width(lines[first_line], first)
        second = _display_width(lines[second_line], second)
        anchors = (first_line, first), (second_line, second)
        significant.update(range(first_line - 1, first_line + 2))
        significant.update(range(second_line - 1, second_line + 2))
    significant = sorted(number for number in significant if 0 <= number < len(lines))

    shown = []

    def show(number):
        line = lines[number]
        shown.append(line)
        if not marks:
            return
        width = _display_width(line, end if number == len(lines) - 1 else None)
        blank = len(line) - len(line.lstrip())
        if number == 0:
            blank = max(blank, _display_width(line, start))
        row = []
        for column in range(width):
            if column < blank:
                row.append(" ")
            elif anchors is None or anchors[0] <= (number, column) < anchors[1]:
                row.append("^")
            else:
                row.append("~")
        shown.append("".join(row))

    previous = None
    for number in significant:
        if previous is not None:
            if number - previous == 2:
                show(number - 1)
            elif number - previous > 2:
                shown.append(f"...<{number - previous - 1} lines>...")
        show(number)
        previous = number
    return shown
