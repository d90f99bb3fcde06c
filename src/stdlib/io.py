"""The io module provides the Python interfaces to stream handling.

The classes are written in Rust; here the abstract base classes are put over them. Source: Standard Library, "io".
"""

__all__ = [
    "BlockingIOError", "BufferedIOBase", "BufferedRWPair", "BufferedRandom", "BufferedReader", "BufferedWriter", "BytesIO",
    "DEFAULT_BUFFER_SIZE", "FileIO", "IOBase", "IncrementalNewlineDecoder", "RawIOBase", "SEEK_CUR", "SEEK_END", "SEEK_SET", "StringIO",
    "TextIOBase", "TextIOWrapper", "UnsupportedOperation", "open", "open_code", "text_encoding",
]

import abc

import _io
from _io import (
    DEFAULT_BUFFER_SIZE,
    BlockingIOError,
    BufferedRandom,
    BufferedReader,
    BufferedWriter,
    BytesIO,
    FileIO,
    StringIO,
    TextIOWrapper,
    UnsupportedOperation,
    open,
    open_code,
    text_encoding,
)

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2


class IOBase(_io._IOBase, metaclass=abc.ABCMeta):
    """The abstract base class for all I/O classes."""


class RawIOBase(_io._RawIOBase, IOBase):
    """Base class for raw binary I/O."""


class BufferedIOBase(_io._BufferedIOBase, IOBase):
    """Base class for buffered IO objects."""


class TextIOBase(_io._TextIOBase, IOBase):
    """Base class for text I/O."""


RawIOBase.register(FileIO)
for _class in (BytesIO, BufferedReader, BufferedWriter, BufferedRandom):
    BufferedIOBase.register(_class)
for _class in (StringIO, TextIOWrapper):
    TextIOBase.register(_class)
del _class


def __getattr__(name):
    # Made when first asked for: few programs need it.
    if name == "BufferedRWPair":
        from _buffered import BufferedRWPair
        globals()[name] = BufferedRWPair
        return BufferedRWPair
    if name == "IncrementalNewlineDecoder":
        from _newlines import IncrementalNewlineDecoder
        globals()[name] = IncrementalNewlineDecoder
        return IncrementalNewlineDecoder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
