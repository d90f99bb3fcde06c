"""Names of files against the patterns of shells.

A pattern becomes a regular expression. A star that is not the last one is matched as early as
possible and never again (an atomic group), so that patterns with many stars stay quick.

Source: Library Reference "fnmatch".
"""

import functools
import os
import posixpath
import re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def fnmatch(name, pat):
    """Test whether FILENAME matches PATTERN."""
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


@functools.lru_cache(maxsize=32768, typed=True)
def _compile_pattern(pat):
    if isinstance(pat, bytes):
        pattern = translate(str(pat, "ISO-8859-1")).encode("ISO-8859-1")
    else:
        pattern = translate(pat)
    return re.compile(pattern).match


def filter(names, pat):
    """Construct a list from those elements of the iterable NAMES that match PAT."""
    match = _compile_pattern(os.path.normcase(pat))
    if os.path is posixpath:
        return [name for name in names if match(name)]
    return [name for name in names if match(os.path.normcase(name))]


def fnmatchcase(name, pat):
    """Test whether FILENAME matches PATTERN, including case."""
    return _compile_pattern(pat)(name) is not None


def _bracket(pat, start):
    """The expression for the set whose bracket is before `start`, and where it ends; (None, start) when it never does."""
    end = start
    if pat[end : end + 1] == "!":
        end += 1
    if pat[end : end + 1] == "]":
        end += 1
    end = pat.find("]", end)
    if end < 0:
        return None, start
    inside = pat[start:end]
    if "-" not in inside:
        inside = inside.replace("\\", r"\\")
    else:
        # Cut at the hyphens that make ranges; a range that runs backwards matches nothing.
        pieces = []
        piece_start = start
        from_ = start + 2 if pat[start] == "!" else start + 1
        while (hyphen := pat.find("-", from_, end)) >= 0:
            pieces.append(pat[piece_start:hyphen])
            piece_start = hyphen + 1
            from_ = hyphen + 3
        if pat[piece_start:end]:
            pieces.append(pat[piece_start:end])
        else:
            pieces[-1] += "-"
        for index in range(len(pieces) - 1, 0, -1):
            if pieces[index - 1][-1] > pieces[index][0]:
                pieces[index - 1] = pieces[index - 1][:-1] + pieces[index][1:]
                del pieces[index]
        inside = "-".join(p.replace("\\", r"\\").replace("-", r"\-") for p in pieces)
    if not inside:
        return "(?!)", end + 1
    if inside == "!":
        return ".", end + 1
    # Signs that `re` may give a meaning one day.
    inside = re.sub(r"([&~|])", r"\\\1", inside)
    if inside[0] == "!":
        inside = "^" + inside[1:]
    elif inside[0] in ("^", "["):
        inside = "\\" + inside
    return f"[{inside}]", end + 1


def translate(pat):
    """Translate a shell PATTERN to a regular expression."""
    # None stands for a star.
    parts = []
    index, length = 0, len(pat)
    while index < length:
        char = pat[index]
        index += 1
        if char == "*":
            if not parts or parts[-1] is not None:
                parts.append(None)
        elif char == "?":
            parts.append(".")
        elif char == "[":
            expression, index = _bracket(pat, index)
            parts.append(r"\[" if expression is None else expression)
        else:
            parts.append(re.escape(char))
    runs = [""]
    for part in parts:
        if part is None:
            runs.append("")
        else:
            runs[-1] += part
    if len(runs) == 1:
        body = runs[0]
    else:
        middle = "".join(f"(?>.*?{run})" for run in runs[1:-1])
        body = f"{runs[0]}{middle}.*{runs[-1]}"
    return rf"(?s:{body})\Z"
