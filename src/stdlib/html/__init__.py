"""General functions for HTML.

Source: Standard Library, "html"; the HTML standard, "Named character references" (the ones in daily use).
"""

import re

__all__ = ["escape", "unescape"]


def escape(s, quote=True):
    """Replace special characters "&", "<" and ">" to HTML-safe sequences.

    If the optional flag quote is true (the default), the quotation mark characters, both double quote (") and single quote
    (') characters are also translated.
    """
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        s = s.replace('"', "&quot;").replace("'", "&#x27;")
    return s


# Numbers that old pages use for the characters of Windows.
_WINDOWS = dict(zip(range(0x80, 0xA0), bytes(range(0x80, 0xA0)).decode("cp1252", "replace")))
_REFERENCE = re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")


def _replaced(match):
    name = match[1]
    if name[0] == "#":
        number = int(name[2:].rstrip(";"), 16) if name[1] in "xX" else int(name[1:].rstrip(";"))
        if number in _WINDOWS:
            return _WINDOWS[number] if _WINDOWS[number] != "\ufffd" else chr(number)
        if number == 0 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
            return "\ufffd"
        if number in (0xB, 0x7F, *range(1, 9), *range(0xE, 0x20)):
            return ""
        if 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE:
            return ""
        return chr(number)
    from html.entities import html5
    if name in html5:
        return html5[name]
    # The longest name that begins here; only old names may lack their semicolon.
    for end in range(len(name) - 1, 1, -1):
        if name[:end] in html5:
            return html5[name[:end]] + name[end:]
    return "&" + name


def unescape(s):
    """Convert all named and numeric character references (e.g. &gt;, &#62;, &x3e;) in the string s to the corresponding
    unicode characters.
    """
    return _REFERENCE.sub(_replaced, s) if "&" in s else s
