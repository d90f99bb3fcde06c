"""A parser of messages: headers, an empty line, and what follows.

Source: Standard Library, "email.parser"; RFC 5322, RFC 2046.
"""

import io
import re

from email import errors
from email.message import Message

__all__ = ["Parser", "HeaderParser", "BytesParser", "BytesHeaderParser", "FeedParser", "BytesFeedParser"]

_HEADER = re.compile(r"([^:\s][^:\r\n]*):[ \t]*(.*)", re.DOTALL)


def _parse(text, factory, headersonly):
    message = factory()
    lines = text.splitlines(True)
    at = 0
    if lines and lines[0].startswith("From "):
        message.set_unixfrom(lines[0].rstrip("\r\n"))
        at = 1
    header = None
    found = []
    while at < len(lines):
        line = lines[at]
        if line in ("\n", "\r\n", "\r"):
            at += 1
            break
        if line[0] in " \t" and header is not None:
            # The header goes on in this line.
            header[1] += line
        else:
            match = _HEADER.match(line)
            if match is None:
                message.defects.append(errors.MissingHeaderBodySeparatorDefect())
                break
            header = [match[1].rstrip(), match[2]]
            found.append(header)
        at += 1
    for name, value in found:
        message.set_raw(name, value.rstrip("\r\n"))
    body = "".join(lines[at:])
    if not headersonly and message.get_content_maintype() == "multipart":
        boundary = message.get_boundary()
        if boundary is None:
            message.defects.append(errors.NoBoundaryInMultipartDefect())
        else:
            _parse_parts(message, body, boundary, factory)
            return message
    message.set_payload(body)
    return message


def _parse_parts(message, body, boundary, factory):
    separator = re.compile(rf"(?:^|\r?\n)--{re.escape(boundary)}(--)?[ \t]*(?:\r?\n|\Z)")
    places = list(separator.finditer(body))
    if not places:
        message.defects.append(errors.StartBoundaryNotFoundDefect())
        message.set_payload(body)
        return
    message.preamble = body[:places[0].start()] or None
    message._payload = []
    for place, following in zip(places, [*places[1:], None]):
        if place[1]:
            message.epilogue = body[place.end():]
            return
        if following is None:
            message.defects.append(errors.CloseBoundaryNotFoundDefect())
        end = len(body) if following is None else following.start()
        # A part may be empty: then its separator's line end is the next separator's too.
        message.attach(_parse(body[place.end():max(end, place.end())], factory, False))


class Parser:
    """Parser of str messages."""

    def __init__(self, _class=None, *, policy=None):
        self._class = _class or Message
        self.policy = policy

    def parse(self, fp, headersonly=False):
        """Create a message structure from the data in a file."""
        return self.parsestr(fp.read(), headersonly)

    def parsestr(self, text, headersonly=False):
        """Create a message structure from a string."""
        return _parse(text, self._class, headersonly)


class HeaderParser(Parser):
    """Parser of headers only."""

    def parsestr(self, text, headersonly=True):
        return super().parsestr(text, True)


class BytesParser:
    """Parser of messages of bytes."""

    def __init__(self, *args, **kw):
        self.parser = Parser(*args, **kw)

    def parse(self, fp, headersonly=False):
        """Create a message structure from the data in a binary file."""
        return self.parsebytes(fp.read(), headersonly)

    def parsebytes(self, text, headersonly=False):
        """Create a message structure from a byte string."""
        return self.parser.parsestr(text.decode("ascii", "surrogateescape"), headersonly)


class BytesHeaderParser(BytesParser):
    """Parser of headers of bytes only."""

    def parsebytes(self, text, headersonly=True):
        return super().parsebytes(text, True)


class FeedParser:
    """A parser that is given its text in pieces."""

    def __init__(self, _factory=None, *, policy=None):
        self._factory = _factory or Message
        self._text = io.StringIO()

    def feed(self, data):
        """Push more data into the parser."""
        self._text.write(data)

    def close(self):
        """Parse all remaining data and return the root message object."""
        return _parse(self._text.getvalue(), self._factory, False)


class BytesFeedParser(FeedParser):
    """Like FeedParser, but feed accepts bytes."""

    def feed(self, data):
        super().feed(data.decode("ascii", "surrogateescape"))
