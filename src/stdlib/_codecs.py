"""Texts and bytes by the name of an encoding: what pickles of old protocols refer to.

Source: Library Reference "codecs".
"""


def encode(obj, encoding="utf-8", errors="strict"):
    """Encodes obj using the codec registered for encoding."""
    return obj.encode(encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    """Decodes obj using the codec registered for encoding."""
    return bytes(obj).decode(encoding, errors)


_SIMPLE = {
    "\\": 92, "'": 39, '"': 34, "a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11
}  # fmt: skip


def escape_decode(data, errors="strict", /):
    """The bytes of a literal without its quotes, and how many bytes were read."""
    if isinstance(data, str):
        data = data.encode("utf-8")
    data = bytes(data)
    text = data.decode("latin-1")
    out = bytearray()
    index = 0
    while index < len(text):
        char = text[index]
        index += 1
        if char != "\\":
            out.append(ord(char))
            continue
        if index == len(text):
            raise ValueError("Trailing \\ in string")
        char = text[index]
        index += 1
        if char in _SIMPLE:
            out.append(_SIMPLE[char])
        elif char == "\n":
            pass
        elif char in "01234567":
            digits = char
            while len(digits) < 3 and index < len(text) and text[index] in "01234567":
                digits += text[index]
                index += 1
            out.append(int(digits, 8) & 0xFF)
        elif char == "x":
            digits = text[index : index + 2]
            try:
                out.append(int(digits, 16) if len(digits) == 2 else int(""))
            except ValueError:
                message = f"invalid \\x escape at position {index - 2}"
                raise ValueError(message) from None
            index += 2
        else:
            out += b"\\" + char.encode("latin-1")
    return bytes(out), len(data)
