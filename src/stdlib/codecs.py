"""Codecs: encodings as objects, for whole texts, piece by piece, and for files.

The encodings themselves are those of str.encode() and bytes.decode(); what is built on them
is here. Programs may register encodings and error handlers of their own.

Source: Library Reference "codecs".
"""

__all__ = [
    "register", "lookup", "open", "EncodedFile", "BOM", "BOM_BE", "BOM_LE", "BOM32_BE", "BOM32_LE",
    "BOM64_BE", "BOM64_LE", "BOM_UTF8", "BOM_UTF16", "BOM_UTF16_LE", "BOM_UTF16_BE", "BOM_UTF32",
    "BOM_UTF32_LE", "BOM_UTF32_BE", "CodecInfo", "Codec", "IncrementalEncoder", "IncrementalDecoder",
    "StreamReader", "StreamWriter", "StreamReaderWriter", "StreamRecoder", "getencoder", "getdecoder",
    "getincrementalencoder", "getincrementaldecoder", "getreader", "getwriter", "encode", "decode",
    "iterencode", "iterdecode", "strict_errors", "ignore_errors", "replace_errors",
    "xmlcharrefreplace_errors", "backslashreplace_errors", "namereplace_errors", "register_error",
    "lookup_error",
]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_LE = BOM_UTF16_LE = BOM32_LE = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = BOM32_BE = b"\xfe\xff"
BOM_UTF32_LE = BOM64_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = BOM64_BE = b"\x00\x00\xfe\xff"
BOM = BOM_UTF16 = BOM_UTF16_LE
BOM_UTF32 = BOM_UTF32_LE

_search_functions = []
_known = {}
_handlers = {}

# The names that lookup() gives, by the spellings that programs use.
_CANONICAL = {
    "utf8": "utf-8", "u8": "utf-8", "utf": "utf-8", "utf8ucs2": "utf-8", "cp65001": "utf-8",
    "utf8sig": "utf-8-sig",
    "utf16": "utf-16", "u16": "utf-16", "utf16le": "utf-16-le", "utf16be": "utf-16-be",
    "utf32": "utf-32", "u32": "utf-32", "utf32le": "utf-32-le", "utf32be": "utf-32-be",
    "ascii": "ascii", "usascii": "ascii", "646": "ascii", "us": "ascii", "iso646us": "ascii",
    "latin1": "iso8859-1", "latin": "iso8859-1", "l1": "iso8859-1", "iso88591": "iso8859-1",
    "8859": "iso8859-1", "cp819": "iso8859-1",
    "latin9": "iso8859-15", "iso885915": "iso8859-15",
    "rawunicodeescape": "raw-unicode-escape", "unicodeescape": "unicode-escape",
    "cp1252": "cp1252", "windows1252": "cp1252", "cp437": "cp437", "cp850": "cp850",
}


class CodecInfo(tuple):
    """Codec details when looking up the codec registry"""

    _is_text_encoding = True

    def __new__(
        cls,
        encode,
        decode,
        streamreader=None,
        streamwriter=None,
        incrementalencoder=None,
        incrementaldecoder=None,
        name=None,
        *,
        _is_text_encoding=None,
    ):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name = name
        self.encode = encode
        self.decode = decode
        self.incrementalencoder = incrementalencoder
        self.incrementaldecoder = incrementaldecoder
        self.streamwriter = streamwriter
        self.streamreader = streamreader
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    def __repr__(self):
        cls = self.__class__
        return (
            f"<{cls.__module__}.{cls.__qualname__} object for encoding "
            f"{self.name} at {id(self):#x}>"
        )


class Codec:
    """The two functions of an encoding without state: each gives what came out and how much
    of the input that took."""

    def encode(self, input, errors="strict"):
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes a text that comes in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self.buffer = ""

    def encode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return 0

    def setstate(self, state):
        pass


class BufferedIncrementalEncoder(IncrementalEncoder):
    """Keeps what could not be encoded until there is more."""

    def _buffer_encode(self, input, errors, final):
        raise NotImplementedError

    def encode(self, input, final=False):
        data = self.buffer + input
        result, consumed = self._buffer_encode(data, self.errors, final)
        self.buffer = data[consumed:]
        return result

    def reset(self):
        self.buffer = ""

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ""


class IncrementalDecoder:
    """Decodes bytes that come in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return (b"", 0)

    def setstate(self, state):
        pass


class BufferedIncrementalDecoder(IncrementalDecoder):
    """Keeps what could not be decoded until there is more."""

    def __init__(self, errors="strict"):
        super().__init__(errors)
        self.buffer = b""

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + input
        result, consumed = self._buffer_decode(data, self.errors, final)
        self.buffer = data[consumed:]
        return result

    def reset(self):
        self.buffer = b""

    def getstate(self):
        return (self.buffer, 0)

    def setstate(self, state):
        self.buffer = state[0]


class _Encoder(IncrementalEncoder):
    """The incremental encoder of a built-in encoding: a byte order mark stands only first."""

    encoding = None
    _later = None

    def __init__(self, errors="strict"):
        super().__init__(errors)
        self._started = False

    def encode(self, input, final=False):
        encoding = self._later if self._started and self._later else self.encoding
        self._started = self._started or bool(input)
        return input.encode(encoding, self.errors)

    def reset(self):
        self._started = False

    def getstate(self):
        return int(self._started)

    def setstate(self, state):
        self._started = bool(state)


class _Decoder(BufferedIncrementalDecoder):
    """The incremental decoder of a built-in encoding: an incomplete end waits for more."""

    encoding = None

    def __init__(self, errors="strict"):
        super().__init__(errors)
        self._now = self.encoding

    def _buffer_decode(self, input, errors, final):
        input = bytes(input)
        if self.encoding in ("utf-16", "utf-32") and self._now == self.encoding:
            # The first bytes say in which order the others stand.
            size = 2 if self.encoding == "utf-16" else 4
            if len(input) < size and not final:
                return "", 0
            mark = input[:size]
            big = BOM_UTF16_BE if size == 2 else BOM_UTF32_BE
            little = BOM_UTF16_LE if size == 2 else BOM_UTF32_LE
            self._now = self.encoding + ("-be" if mark == big else "-le")
            skip = size if mark in (big, little) else 0
            text, used = self._buffer_decode(input[skip:], errors, final)
            return text, used + skip
        if self.encoding == "utf-8-sig" and self._now == self.encoding:
            if len(input) < 3 and BOM_UTF8.startswith(input) and not final:
                return "", 0
            self._now = "utf-8"
            skip = 3 if input.startswith(BOM_UTF8) else 0
            text, used = self._buffer_decode(input[skip:], errors, final)
            return text, used + skip
        if final:
            return input.decode(self._now, errors), len(input)
        try:
            return input.decode(self._now), len(input)
        except UnicodeDecodeError as error:
            kept = len(input)
            if error.end == kept and ("end of data" in error.reason or "truncated" in error.reason):
                kept = error.start
            elif errors != "strict":
                kept = self._complete(input, kept)
            return input[:kept].decode(self._now, errors), kept

    def _complete(self, input, length):
        """How much of the input does not end within a character."""
        for kept in range(length, max(length - 4, -1), -1):
            try:
                input[max(kept - 1, 0) : length].decode(self._now)
            except UnicodeDecodeError as error:
                if error.start == 0 and "end of data" in error.reason:
                    return kept - 1
        return length

    def reset(self):
        super().reset()
        self._now = self.encoding

    def getstate(self):
        return (self.buffer, int(self._now != self.encoding))

    def setstate(self, state):
        super().setstate(state)
        if not state[1]:
            self._now = self.encoding


class StreamWriter(Codec):
    """Writes encoded text to a stream of bytes."""

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors

    def write(self, object):
        data, _ = self.encode(object, self.errors)
        self.stream.write(data)

    def writelines(self, list):
        self.write("".join(list))

    def reset(self):
        pass

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        if whence == 0 and offset == 0:
            self.reset()

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


class StreamReader(Codec):
    """Reads text from a stream of bytes."""

    charbuffertype = str

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors
        self._text = ""
        self._decoder = None

    def _more(self, size=-1):
        """Decodes the next bytes; whether there were any."""
        data = self.stream.read() if size is None or size < 0 else self.stream.read(size)
        if self._decoder is None:
            self._decoder = getincrementaldecoder(self._encoding)(self.errors)
        self._text += self._decoder.decode(data, final=not data)
        return bool(data)

    def read(self, size=-1, chars=-1, firstline=False):
        if size is None or size < 0 and chars < 0:
            while self._more():
                pass
            text, self._text = self._text, ""
            return text
        wanted = chars if chars >= 0 else size
        while len(self._text) < wanted and self._more(max(wanted, 72)):
            if chars < 0 and self._text:
                break
        text, self._text = self._text[:wanted], self._text[wanted:]
        return text

    def readline(self, size=None, keepends=True):
        while True:
            lines = self._text.splitlines(keepends=True)
            # The end of a line may be the first half of \r\n.
            complete = len(lines) > 1 or lines and lines[0].endswith("\n")
            if complete or not self._more(72):
                break
        if not self._text:
            return ""
        line = self._text.splitlines(keepends=True)[0]
        self._text = self._text[len(line) :]
        return line if keepends else line.splitlines()[0]

    def readlines(self, sizehint=None, keepends=True):
        return self.read().splitlines(keepends)

    def reset(self):
        self._text = ""
        self._decoder = None

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reset()

    def __next__(self):
        line = self.readline()
        if line:
            return line
        raise StopIteration

    def __iter__(self):
        return self

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


class StreamReaderWriter:
    """A stream that can be read and written, made of a reader and a writer."""

    encoding = "unknown"

    def __init__(self, stream, Reader, Writer, errors="strict"):
        self.stream = stream
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None, keepends=True):
        return self.reader.readline(size, keepends)

    def readlines(self, sizehint=None):
        return self.reader.readlines(sizehint)

    def __next__(self):
        return next(self.reader)

    def __iter__(self):
        return self

    def write(self, data):
        return self.writer.write(data)

    def writelines(self, list):
        return self.writer.writelines(list)

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reader.reset()
        if whence == 0 and offset == 0:
            self.writer.reset()

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


class StreamRecoder:
    """Shows a stream in one encoding as a stream in another."""

    data_encoding = "unknown"
    file_encoding = "unknown"

    def __init__(self, stream, encode, decode, Reader, Writer, errors="strict"):
        self.stream = stream
        self.encode = encode
        self.decode = decode
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def read(self, size=-1):
        return self.encode(self.reader.read(size), self.errors)[0]

    def readline(self, size=None):
        return self.encode(self.reader.readline(), self.errors)[0]

    def readlines(self, sizehint=None):
        return self.read().splitlines(keepends=True)

    def __next__(self):
        return self.encode(next(self.reader), self.errors)[0]

    def __iter__(self):
        return self

    def write(self, data):
        return self.writer.write(self.decode(data, self.errors)[0])

    def writelines(self, list):
        return self.write(b"".join(list))

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


def _normalized(name):
    return "".join(char for char in name.lower() if char.isalnum())


def _built_in(name):
    """The codec of a built-in encoding; None when there is none of the name."""
    try:
        "".encode(name)
    except LookupError:
        return None
    canonical = _CANONICAL.get(_normalized(name), name.lower().replace("_", "-"))

    def encode(input, errors="strict"):
        return input.encode(canonical, errors), len(input)

    def decode(input, errors="strict"):
        return bytes(input).decode(canonical, errors), len(input)

    later = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(canonical)
    encoder = type("IncrementalEncoder", (_Encoder,), {"encoding": canonical, "_later": later})
    decoder = type("IncrementalDecoder", (_Decoder,), {"encoding": canonical})
    plain = {"encode": staticmethod(encode), "decode": staticmethod(decode), "_encoding": canonical}
    return CodecInfo(
        encode,
        decode,
        streamreader=type("StreamReader", (StreamReader,), plain),
        streamwriter=type("StreamWriter", (StreamWriter,), plain),
        incrementalencoder=encoder,
        incrementaldecoder=decoder,
        name=canonical,
    )


def register(search_function, /):
    """Register a codec search function.

    Search functions are expected to take one argument, the encoding name in
    all lower case letters, and either return None, or a CodecInfo object.
    """
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _search_functions.append(search_function)


def unregister(search_function, /):
    """Unregister a codec search function and clear the registry's cache."""
    if search_function in _search_functions:
        _search_functions.remove(search_function)
        _known.clear()


def lookup(encoding, /):
    """Looks up a codec tuple in the Python codec registry and returns a CodecInfo object."""
    if not isinstance(encoding, str):
        raise TypeError(f"lookup() argument must be str, not {type(encoding).__name__}")
    name = encoding.lower().replace(" ", "_")
    info = _known.get(name) or _built_in(encoding)
    if info is None:
        for search in _search_functions:
            info = search(name.replace("-", "_"))
            if info is not None:
                break
        else:
            raise LookupError(f"unknown encoding: {encoding}")
    _known[name] = info
    return info


def encode(obj, encoding="utf-8", errors="strict"):
    """Encodes obj using the codec registered for encoding."""
    return lookup(encoding).encode(obj, errors)[0]


def decode(obj, encoding="utf-8", errors="strict"):
    """Decodes obj using the codec registered for encoding."""
    return lookup(encoding).decode(obj, errors)[0]


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    """Open an encoded file using the given mode and return a wrapped version providing
    transparent encoding/decoding."""
    import builtins

    if encoding is not None and "b" not in mode:
        mode += "b"
    file = builtins.open(filename, mode, buffering)
    if encoding is None:
        return file
    try:
        info = lookup(encoding)
        stream = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
        stream.encoding = encoding
        return stream
    except BaseException:
        file.close()
        raise


def EncodedFile(file, data_encoding, file_encoding=None, errors="strict"):
    """Return a wrapped version of file which provides transparent encoding translation."""
    file_encoding = file_encoding or data_encoding
    data, other = lookup(data_encoding), lookup(file_encoding)
    recoder = StreamRecoder(
        file, data.encode, data.decode, other.streamreader, other.streamwriter, errors
    )
    recoder.data_encoding = data_encoding
    recoder.file_encoding = file_encoding
    return recoder


def getencoder(encoding):
    """Look up the encoder of an encoding."""
    return lookup(encoding).encode


def getdecoder(encoding):
    """Look up the decoder of an encoding."""
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    """Look up the class of incremental encoders of an encoding."""
    found = lookup(encoding).incrementalencoder
    if found is None:
        raise LookupError(encoding)
    return found


def getincrementaldecoder(encoding):
    """Look up the class of incremental decoders of an encoding."""
    found = lookup(encoding).incrementaldecoder
    if found is None:
        raise LookupError(encoding)
    return found


def getreader(encoding):
    """Look up the class of stream readers of an encoding."""
    return lookup(encoding).streamreader


def getwriter(encoding):
    """Look up the class of stream writers of an encoding."""
    return lookup(encoding).streamwriter


def iterencode(iterator, encoding, errors="strict", **kwargs):
    """Encode the strings of an iterable, one after the other."""
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for text in iterator:
        data = encoder.encode(text)
        if data:
            yield data
    data = encoder.encode("", True)
    if data:
        yield data


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    """Decode the pieces of bytes of an iterable, one after the other."""
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for data in iterator:
        text = decoder.decode(data)
        if text:
            yield text
    text = decoder.decode(b"", True)
    if text:
        yield text


def _not_for(error):
    return TypeError(
        f"don't know how to handle {type(error).__name__} in error callback"
    )


def strict_errors(exception, /):
    """Implements the 'strict' error handling: raises the error."""
    if isinstance(exception, BaseException):
        raise exception
    raise TypeError("codec must pass exception instance")


def ignore_errors(exception, /):
    """Implements the 'ignore' error handling: leaves out what cannot be coded."""
    if not isinstance(exception, UnicodeError):
        raise _not_for(exception)
    return "", exception.end


def replace_errors(exception, /):
    """Implements the 'replace' error handling: a replacement marker for what cannot be coded."""
    if isinstance(exception, UnicodeEncodeError):
        return "?" * (exception.end - exception.start), exception.end
    if isinstance(exception, UnicodeDecodeError):
        return "\ufffd", exception.end
    raise _not_for(exception)


def xmlcharrefreplace_errors(exception, /):
    """Implements the 'xmlcharrefreplace' error handling."""
    if not isinstance(exception, UnicodeEncodeError):
        raise _not_for(exception)
    text = exception.object[exception.start : exception.end]
    return "".join(f"&#{ord(char)};" for char in text), exception.end


def backslashreplace_errors(exception, /):
    """Implements the 'backslashreplace' error handling."""
    if not isinstance(exception, UnicodeError):
        raise _not_for(exception)
    part = exception.object[exception.start : exception.end]
    if isinstance(exception, UnicodeDecodeError):
        return "".join(f"\\x{byte:02x}" for byte in part), exception.end
    return part.encode("ascii", "backslashreplace").decode("ascii"), exception.end


def namereplace_errors(exception, /):
    """Implements the 'namereplace' error handling."""
    if not isinstance(exception, UnicodeEncodeError):
        raise _not_for(exception)
    text = exception.object[exception.start : exception.end]
    return text.encode("ascii", "namereplace").decode("ascii"), exception.end


_handlers.update(
    {
        "strict": strict_errors,
        "ignore": ignore_errors,
        "replace": replace_errors,
        "xmlcharrefreplace": xmlcharrefreplace_errors,
        "backslashreplace": backslashreplace_errors,
        "namereplace": namereplace_errors,
    }
)


def register_error(errors, handler, /):
    """Register the specified error handler under the name errors."""
    if not callable(handler):
        raise TypeError("handler must be callable")
    _handlers[errors] = handler


def lookup_error(name, /):
    """Return the error handler for the specified error handling name or raise a LookupError."""
    try:
        return _handlers[name]
    except KeyError:
        raise LookupError(f"unknown error handler name '{name}'") from None

