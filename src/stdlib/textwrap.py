"""Wrapping and indenting text.

Text is cut into chunks that a line may not divide (words, and the pieces of hyphenated
words), and lines are filled with as many as fit. The cutting is written out by hand.

Source: Library Reference "textwrap".
"""

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_WHITESPACE = "\t\n\x0b\x0c\r "


class TextWrapper:
    """Wraps text by options which can be set once for many calls."""

    def __init__(
        self,
        width=70,
        initial_indent="",
        subsequent_indent="",
        expand_tabs=True,
        replace_whitespace=True,
        fix_sentence_endings=False,
        break_long_words=True,
        drop_whitespace=True,
        break_on_hyphens=True,
        tabsize=8,
        *,
        max_lines=None,
        placeholder=" [...]",
    ):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            for char in _WHITESPACE[:-1]:
                text = text.replace(char, " ")
        return text

    def _split(self, text):
        """Cut text into words and runs of whitespace; words also behind hyphens."""
        chunks = []
        i = 0
        while i < len(text):
            start = i
            blank = text[i] in _WHITESPACE
            while i < len(text) and (text[i] in _WHITESPACE) == blank:
                i += 1
            run = text[start:i]
            if blank or not self.break_on_hyphens:
                chunks.append(run)
            else:
                chunks += _split_word(run)
        return chunks

    def _fix_sentence_endings(self, chunks):
        """Put two spaces behind what looks like the end of a sentence."""
        for i in range(len(chunks) - 1):
            if chunks[i + 1] != " ":
                continue
            word = chunks[i].rstrip("\"'")
            if len(chunks[i]) - len(word) > 1:
                continue
            if word[-1:] in (".", "!", "?") and word[-2:-1].islower() and word[-2:-1].isascii():
                chunks[i + 1] = "  "

    def _break_long(self, chunks, line, used, width):
        """Deal with a chunk that fits on no line: break it, or give it a line of its own."""
        space = 1 if width < 1 else width - used
        chunk = chunks[-1]
        if self.break_long_words:
            end = space
            if self.break_on_hyphens and len(chunk) > space:
                # Behind a hyphen if there is one that is not all there is before it.
                hyphen = chunk.rfind("-", 0, space)
                if hyphen > 0 and any(char != "-" for char in chunk[:hyphen]):
                    end = hyphen + 1
            line.append(chunk[:end])
            chunks[-1] = chunk[end:]
        elif not line:
            line.append(chunks.pop())

    def _wrap_chunks(self, chunks):
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            first = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(first) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        # Taken from the end, which is cheap.
        chunks.reverse()
        while chunks:
            line = []
            used = 0
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and not chunks[-1].strip() and lines:
                del chunks[-1]
            while chunks and used + len(chunks[-1]) <= width:
                used += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                self._break_long(chunks, line, used, width)
                used = sum(map(len, line))
            if self.drop_whitespace and line and not line[-1].strip():
                used -= len(line.pop())
            if not line:
                continue
            is_last_line = self.max_lines is not None and len(lines) + 1 >= self.max_lines
            nothing_left = not chunks or (
                self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()
            )
            if not is_last_line or (nothing_left and used <= width):
                lines.append(indent + "".join(line))
                continue
            # More text than lines: make room for the placeholder.
            while line:
                if line[-1].strip() and used + len(self.placeholder) <= width:
                    line.append(self.placeholder)
                    lines.append(indent + "".join(line))
                    break
                used -= len(line.pop())
            else:
                if lines:
                    previous = lines[-1].rstrip()
                    if len(previous) + len(self.placeholder) <= self.width:
                        lines[-1] = previous + self.placeholder
                        break
                lines.append(indent + self.placeholder.lstrip())
            break
        return lines

    def wrap(self, text):
        """Wrap a paragraph; gives the lines, without line ends."""
        chunks = self._split(self._munge_whitespace(text))
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """Wrap a paragraph; gives one string."""
        return "\n".join(self.wrap(text))


def _is_word_char(char):
    return char.isalnum() or char in "_\"'!&.,?"


def _is_letter(char):
    return (char.isalnum() and not char.isdigit()) or char == "_"


def _split_word(word):
    """Cut a word behind its hyphens: `two-`, `part`; not where options (`--file`), dashes
    or numbers would suffer. A dash (`--` and longer) between words is a chunk itself."""
    pieces = []
    start = 0
    i = 0
    size = len(word)
    while i < size:
        if word[i] != "-":
            i += 1
            continue
        end = i
        while end < size and word[end] == "-":
            end += 1
        if end - i >= 2:
            # An em-dash stands between words.
            before = i > start and _is_word_char(word[i - 1])
            after = end < size and (word[end].isalnum() or word[end] == "_")
            if before and after:
                pieces.append(word[start:i])
                pieces.append(word[i:end])
                start = end
            i = end
            continue
        # One hyphen: between two letters before, and two letters (or letter, hyphen) after.
        letters_before = (
            i >= 2 and _is_letter(word[i - 1]) and _is_letter(word[i - 2])
        ) or (
            i >= 3
            and _is_letter(word[i - 1])
            and word[i - 2] == "-"
            and _is_letter(word[i - 3])
        )
        rest = word[end:]
        letters_after = len(rest) >= 2 and _is_letter(rest[0]) and (
            _is_letter(rest[1]) or rest[1] == "-" and len(rest) > 2 and _is_letter(rest[2])
        )
        if letters_before and letters_after:
            pieces.append(word[start:end])
            start = end
        i = end
    if start < size:
        pieces.append(word[start:])
    return pieces


def wrap(text, width=70, **kwargs):
    """Wrap a paragraph; gives the lines, without line ends."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """Wrap a paragraph; gives one string."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """Collapse whitespace and cut the text off, between words, to fit the width."""
    wrapper = TextWrapper(width=width, max_lines=1, **kwargs)
    return wrapper.fill(" ".join(text.strip().split()))


def dedent(text):
    """Take away the indentation that all lines share; blank lines become empty."""
    lines = text.split("\n")
    margin = None
    for i, line in enumerate(lines):
        content = line.lstrip(" \t")
        if not content:
            lines[i] = ""
            continue
        indentation = line[: len(line) - len(content)]
        if margin is None:
            margin = indentation
        else:
            while not indentation.startswith(margin):
                margin = margin[:-1]
    if margin:
        lines = [line[len(margin) :] for line in lines]
    return "\n".join(lines)


def indent(text, prefix, predicate=None):
    """Put a prefix before each line that is not blank, or for which `predicate` holds."""
    lines = []
    for line in text.splitlines(True):
        if line.strip() if predicate is None else predicate(line):
            lines.append(prefix)
        lines.append(line)
    return "".join(lines)
