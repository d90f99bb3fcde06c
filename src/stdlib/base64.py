"""Base16, Base32, Base64, Base85 and Ascii85: bytes as text that any channel carries.

Source: Library Reference "base64"; RFC 4648.
"""

import binascii

import _eras

__all__ = [
    "encode",
    "decode",
    "encodebytes",
    "decodebytes",
    "b64encode",
    "b64decode",
    "b32encode",
    "b32decode",
    "b32hexencode",
    "b32hexdecode",
    "b16encode",
    "b16decode",
    "b85encode",
    "b85decode",
    "a85encode",
    "a85decode",
    "z85encode",
    "z85decode",
    "standard_b64encode",
    "standard_b64decode",
    "urlsafe_b64encode",
    "urlsafe_b64decode",
]


def _bytes_from_decode_data(s):
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    if isinstance(s, (bytes, bytearray)):
        return s
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError(
            "argument should be a bytes-like object or ASCII string, "
            "not %r" % s.__class__.__name__
        ) from None


def b64encode(s, altchars=None):
    """Encode the bytes-like object s using Base64 and return a bytes object."""
    encoded = binascii.b2a_base64(s, newline=False)
    if altchars is not None:
        assert len(altchars) == 2, repr(altchars)
        return encoded.translate(bytes.maketrans(b"+/", altchars))
    return encoded


def b64decode(s, altchars=None, validate=False):
    """Decode the Base64 encoded bytes-like object or ASCII string s."""
    s = _bytes_from_decode_data(s)
    if altchars is not None:
        altchars = _bytes_from_decode_data(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b"+/"))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    """Encode bytes-like object s using the standard Base64 alphabet."""
    return b64encode(s)


def standard_b64decode(s):
    """Decode bytes encoded with the standard Base64 alphabet."""
    return b64decode(s)


_to_urlsafe = bytes.maketrans(b"+/", b"-_")
_from_urlsafe = bytes.maketrans(b"-_", b"+/")


def urlsafe_b64encode(s):
    """Encode bytes using the URL- and filesystem-safe Base64 alphabet."""
    return b64encode(s).translate(_to_urlsafe)


def urlsafe_b64decode(s):
    """Decode bytes using the URL- and filesystem-safe Base64 alphabet."""
    return b64decode(_bytes_from_decode_data(s).translate(_from_urlsafe))


_base32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_base32hex = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"


def _b32encode(alphabet, s):
    if not isinstance(s, (bytes, bytearray)):
        s = memoryview(s).tobytes()
    out = bytearray()
    for start in range(0, len(s), 5):
        group = s[start : start + 5]
        number = int.from_bytes(bytes(group).ljust(5, b"\0"))
        signs = bytes(alphabet[number >> shift & 31] for shift in range(35, -1, -5))
        used = (len(group) * 8 + 4) // 5
        out += signs[:used] + b"=" * (8 - used)
    return bytes(out)


def _b32decode(alphabet, s, casefold=False, map01=None):
    s = _bytes_from_decode_data(s)
    if len(s) % 8:
        raise binascii.Error("Incorrect padding")
    if map01 is not None:
        map01 = _bytes_from_decode_data(map01)
        assert len(map01) == 1, repr(map01)
        s = s.translate(bytes.maketrans(b"01", b"O" + map01))
    if casefold:
        s = s.upper()
    length = len(s)
    s = s.rstrip(b"=")
    padding = length - len(s)
    values = {sign: value for value, sign in enumerate(alphabet)}
    out = bytearray()
    number = 0
    for start in range(0, len(s), 8):
        group = s[start : start + 8]
        number = 0
        try:
            for sign in group:
                number = number << 5 | values[sign]
        except KeyError:
            raise binascii.Error("Non-base32 digit found") from None
        out += (number << 5 * (8 - len(group))).to_bytes(5)
    if length % 8 or padding not in (0, 1, 3, 4, 6):
        raise binascii.Error("Incorrect padding")
    if padding and out:
        # So many signs of padding stand for so many bytes less.
        del out[-{1: 1, 3: 2, 4: 3, 6: 4}[padding] :]
    return bytes(out)


def b32encode(s):
    """
    Encode the bytes-like objects using base32 and return a bytes object.
    """
    return _b32encode(_base32, s)


def b32decode(s, casefold=False, map01=None):
    """
    Decode the base32 encoded bytes-like object or ASCII string s.
    """
    return _b32decode(_base32, s, casefold, map01)


def b32hexencode(s):
    """
    Encode the bytes-like objects using base32hex and return a bytes object.
    """
    return _b32encode(_base32hex, s)


def b32hexdecode(s, casefold=False):
    """
    Decode the base32hex encoded bytes-like object or ASCII string s.
    """
    return _b32decode(_base32hex, s, casefold)


def b16encode(s):
    """Encode the bytes-like object s using Base16 and return a bytes object."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    """Decode the Base16 encoded bytes-like object or ASCII string s."""
    s = _bytes_from_decode_data(s)
    if casefold:
        s = s.upper()
    if s.translate(None, delete=b"0123456789ABCDEF"):
        raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)


def _words(b):
    """The 32-bit words of the data, and how many zero bytes were put behind it."""
    if not isinstance(b, (bytes, bytearray)):
        b = memoryview(b).tobytes()
    padding = -len(b) % 4
    b = bytes(b) + b"\0" * padding
    return [int.from_bytes(b[at : at + 4]) for at in range(0, len(b), 4)], padding


def _encode85(b, alphabet, pad=False, fold_zero=False, fold_spaces=False):
    words, padding = _words(b)
    pieces = []
    for word in words:
        if fold_zero and not word:
            pieces.append(b"z")
        elif fold_spaces and word == 0x20202020:
            pieces.append(b"y")
        else:
            signs = bytearray()
            for _ in range(5):
                word, digit = divmod(word, 85)
                signs.append(alphabet[digit])
            signs.reverse()
            pieces.append(bytes(signs))
    if padding and not pad:
        if pieces[-1] == b"z":
            pieces[-1] = alphabet[:1] * 5
        pieces[-1] = pieces[-1][:-padding]
    return b"".join(pieces)


_ascii85 = bytes(range(33, 118))
_base85 = (
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
)
_zmq85 = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Encode bytes-like object b using Ascii85 and return a bytes object."""
    result = _encode85(b, _ascii85, pad, True, foldspaces)
    if adobe:
        result = b"<~" + result
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [result[at : at + wrapcol] for at in range(0, len(result), wrapcol)]
        if adobe and len(lines[-1]) + 2 > wrapcol:
            lines.append(b"")
        result = b"\n".join(lines)
    if adobe:
        result += b"~>"
    return result


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    """Decode the Ascii85 encoded bytes-like object or ASCII string b."""
    b = _bytes_from_decode_data(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with {!r}".format(b"~>"))
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    out = bytearray()
    digits = []
    # Four times the last digit complete a group that the text leaves open.
    for sign in b + b"u" * 4:
        if b"!"[0] <= sign <= b"u"[0]:
            digits.append(sign - 33)
            if len(digits) == 5:
                word = 0
                for digit in digits:
                    word = word * 85 + digit
                if word > 0xFFFFFFFF:
                    raise ValueError("Ascii85 overflow") from None
                out += word.to_bytes(4)
                digits = []
        elif sign == b"z"[0]:
            if digits:
                raise ValueError("z inside Ascii85 5-tuple")
            out += b"\0\0\0\0"
        elif foldspaces and sign == b"y"[0]:
            if digits:
                raise ValueError("y inside Ascii85 5-tuple")
            out += b"\x20\x20\x20\x20"
        elif sign in ignorechars:
            continue
        else:
            raise ValueError("Non-Ascii85 digit found: %c" % sign)
    padding = 4 - len(digits)
    if padding:
        del out[-padding:]
    return bytes(out)


def b85encode(b, pad=False):
    """Encode bytes-like object b in base85 format and return a bytes object."""
    return _encode85(b, _base85, pad)


def _decode85(b, alphabet, name):
    values = {sign: value for value, sign in enumerate(alphabet)}
    padding = -len(b) % 5
    b = bytes(b) + alphabet[-1:] * padding
    out = bytearray()
    for start in range(0, len(b), 5):
        word = 0
        for offset, sign in enumerate(b[start : start + 5]):
            if sign not in values:
                raise ValueError("bad base85 character at position %d" % (start + offset))
            word = word * 85 + values[sign]
        if word > 0xFFFFFFFF:
            raise ValueError("base85 overflow in hunk starting at byte %d" % start)
        out += word.to_bytes(4)
    if padding:
        del out[-padding:]
    return bytes(out)


def b85decode(b):
    """Decode the base85-encoded bytes-like object or ASCII string b"""
    return _decode85(_bytes_from_decode_data(b), _base85, "base85")


def z85encode(s):
    """Encode bytes-like object b in z85 format and return a bytes object."""
    return _encode85(s, _zmq85)


def z85decode(s):
    """Decode the z85-encoded bytes-like object or ASCII string b"""
    try:
        return _decode85(_bytes_from_decode_data(s), _zmq85, "z85")
    except ValueError as error:
        raise ValueError(error.args[0].replace("base85", "z85")) from None


MAXLINESIZE = 76
MAXBINSIZE = MAXLINESIZE // 4 * 3


def encode(input, output):
    """Encode a file; input and output are binary files."""
    while data := input.read(MAXBINSIZE):
        while len(data) < MAXBINSIZE and (more := input.read(MAXBINSIZE - len(data))):
            data += more
        output.write(binascii.b2a_base64(data))


def decode(input, output):
    """Decode a file; input and output are binary files."""
    while line := input.readline():
        output.write(binascii.a2b_base64(line))


def _input_type_check(s):
    try:
        view = memoryview(s)
    except TypeError as error:
        message = "expected bytes-like object, not %s" % s.__class__.__name__
        raise TypeError(message) from error
    if view.format not in ("c", "b", "B"):
        message = "expected single byte elements, not %r from %s" % (
            view.format,
            s.__class__.__name__,
        )
        raise TypeError(message)
    if view.ndim != 1:
        message = "expected 1-D data, not %d-D data from %s" % (view.ndim, s.__class__.__name__)
        raise TypeError(message)


def encodebytes(s):
    """Encode a bytestring into a bytes object containing multiple lines
    of base-64 data."""
    _input_type_check(s)
    return b"".join(
        binascii.b2a_base64(s[at : at + MAXBINSIZE]) for at in range(0, len(s), MAXBINSIZE)
    )


def decodebytes(s):
    """Decode a bytestring of base-64 data into a bytes object."""
    _input_type_check(s)
    return binascii.a2b_base64(s)


def _encodestring(s):
    """What encodebytes() was called until Python 3.8."""
    _eras.allows("base64.encodestring")
    return encodebytes(s)


def _decodestring(s):
    """What decodebytes() was called until Python 3.8."""
    _eras.allows("base64.decodestring")
    return decodebytes(s)


_FORMER = {"encodestring": _encodestring, "decodestring": _decodestring}


def __getattr__(name):
    if name in _FORMER and _eras.has(f"base64.{name}"):
        return _FORMER[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
