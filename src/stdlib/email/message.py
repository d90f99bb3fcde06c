"""Basic message object for the email package object model.

A message is a list of headers and a payload: text, or for a multipart message a list of messages. Names of headers are
compared without regard to case and may come more than once.
Source: Standard Library, "email.message"; RFC 5322, RFC 2045.
"""

import re

from email import utils

__all__ = ["Message", "EmailMessage"]

_NEEDS_QUOTES = re.compile(r'[ ()<>@,;:\\"/\[\]?=]')


def _format_param(name, value=None, quote=True):
    """A parameter as `name=value`, the value quoted where it must be."""
    if value is None or value == "":
        return name
    if isinstance(value, tuple):
        charset, language, text = value
        return f"{name}*={utils.encode_rfc2231(text, charset, language)}"
    try:
        value.encode("ascii")
    except UnicodeEncodeError:
        return f"{name}*={utils.encode_rfc2231(value, 'utf-8', '')}"
    if quote or _NEEDS_QUOTES.search(value):
        return f'{name}="{utils.quote(value)}"'
    return f"{name}={value}"


def _split_params(text):
    """Cuts at semicolons that stand outside quotes."""
    parts, start, quoted, escaped = [], 0, False, False
    for at, c in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and c == "\\":
            escaped = True
        elif c == '"':
            quoted = not quoted
        elif c == ";" and not quoted:
            parts.append(text[start:at].strip())
            start = at + 1
    parts.append(text[start:].strip())
    return parts


class Message:
    """Basic message object: headers and a payload."""

    def __init__(self, policy=None):
        self.policy = policy
        self._headers = []
        self._unixfrom = None
        self._payload = None
        self._charset = None
        self.preamble = self.epilogue = None
        self.defects = []
        self._default_type = "text/plain"

    def __str__(self):
        return self.as_string()

    def as_string(self, unixfrom=False, maxheaderlen=0, policy=None):
        """Return the entire formatted message as a string."""
        lines = [self._unixfrom or "From nobody"] if unixfrom else []
        lines += [f"{name}: {value}" for name, value in self._headers]
        head = "".join(line + "\n" for line in lines) + "\n"
        if not self.is_multipart():
            return head + (self._payload or "")
        boundary = self.get_boundary() or "==============="
        parts = "".join(f"--{boundary}\n{part.as_string()}\n" for part in self._payload)
        return f"{head}{self.preamble or ''}{parts}--{boundary}--\n{self.epilogue or ''}"

    def as_bytes(self, unixfrom=False, policy=None):
        """Return the entire formatted message as a bytes object."""
        return self.as_string(unixfrom).encode("utf-8", "surrogateescape")

    def __bytes__(self):
        return self.as_bytes()

    # --- payload

    def is_multipart(self):
        """Return True if the message consists of multiple parts."""
        return isinstance(self._payload, list)

    def set_unixfrom(self, unixfrom):
        self._unixfrom = unixfrom

    def get_unixfrom(self):
        return self._unixfrom

    def attach(self, payload):
        """Add the given payload to the current payload."""
        if self._payload is None:
            self._payload = [payload]
            return
        try:
            self._payload.append(payload)
        except AttributeError:
            raise TypeError("Attach is not valid on a message with a non-multipart payload") from None

    def get_payload(self, i=None, decode=False):
        """Return a reference to the payload."""
        if self.is_multipart():
            if decode:
                return None
            return self._payload if i is None else self._payload[i]
        if i is not None:
            raise TypeError(f"Expected list, got {type(self._payload)}")
        if not decode:
            return self._payload
        payload = (self._payload or "").encode("utf-8", "surrogateescape")
        encoding = str(self.get("content-transfer-encoding", "")).lower()
        if encoding == "base64":
            import base64
            return base64.b64decode(payload)
        if encoding == "quoted-printable":
            import quopri
            return quopri.decodestring(payload)
        return payload

    def set_payload(self, payload, charset=None):
        """Set the payload to the given value."""
        if isinstance(payload, bytes):
            payload = payload.decode("ascii", "surrogateescape")
        self._payload = payload
        if charset is not None:
            self.set_param("charset", str(charset))

    # --- headers

    def __len__(self):
        """Return the total number of headers, including duplicates."""
        return len(self._headers)

    def __getitem__(self, name):
        """Get a header value. Return None if the header is missing instead of raising an exception."""
        return self.get(name)

    def __setitem__(self, name, val):
        """Set the value of a header. Note: this does not overwrite an existing header with the same field name."""
        self._headers.append((name, val))

    def __delitem__(self, name):
        """Delete all occurrences of a header, if present."""
        name = name.lower()
        self._headers = [(own, value) for own, value in self._headers if own.lower() != name]

    def __contains__(self, name):
        name = name.lower()
        return any(own.lower() == name for own, _ in self._headers)

    def __iter__(self):
        for name, _ in self._headers:
            yield name

    def keys(self):
        """Return a list of all the message's header field names."""
        return [name for name, _ in self._headers]

    def values(self):
        """Return a list of all the message's header values."""
        return [value for _, value in self._headers]

    def items(self):
        """Get all the message's header fields and values."""
        return list(self._headers)

    def get(self, name, failobj=None):
        """Get a header value. Like __getitem__() but return failobj instead of None when the field is missing."""
        name = name.lower()
        for own, value in self._headers:
            if own.lower() == name:
                return value
        return failobj

    def get_all(self, name, failobj=None):
        """Return a list of all the values for the named field."""
        name = name.lower()
        return [value for own, value in self._headers if own.lower() == name] or failobj

    def set_raw(self, name, value):
        """Store name and value in the model without modification."""
        self._headers.append((name, value))

    def raw_items(self):
        """Return the (name, value) header pairs without modification."""
        return iter(self._headers.copy())

    def add_header(self, _name, _value, **_params):
        """Extended header setting: keyword arguments become parameters."""
        parts = [] if _value is None else [_value]
        for name, value in _params.items():
            name = name.replace("_", "-")
            parts.append(name if value is None else _format_param(name, value))
        self[_name] = "; ".join(parts)

    def replace_header(self, _name, _value):
        """Replace a header: the first matching header found in the message, retaining header order and case."""
        wanted = _name.lower()
        for index, (name, _) in enumerate(self._headers):
            if name.lower() == wanted:
                self._headers[index] = (name, _value)
                return
        raise KeyError(_name)

    # --- the type of the content

    def get_content_type(self):
        """Return the message's content type: maintype/subtype in lower case."""
        value = self.get("content-type")
        if value is None:
            return self._default_type
        content_type = _split_params(str(value))[0].lower()
        return content_type if content_type.count("/") == 1 else "text/plain"

    def get_content_maintype(self):
        """Return the message's main content type."""
        return self.get_content_type().split("/")[0]

    def get_content_subtype(self):
        """Returns the message's sub-content type."""
        return self.get_content_type().split("/")[1]

    def get_default_type(self):
        """Return the 'default' content type."""
        return self._default_type

    def set_default_type(self, ctype):
        """Set the 'default' content type."""
        self._default_type = ctype

    def _params(self, header):
        value = self.get(header)
        if value is None:
            return None
        pairs = []
        for part in _split_params(str(value)):
            name, equals, param = part.partition("=")
            pairs.append((name.strip(), param.strip() if equals else ""))
        return utils.decode_params(pairs)

    def get_params(self, failobj=None, header="content-type", unquote=True):
        """Return the message's Content-Type parameters, as a list."""
        pairs = self._params(header)
        if pairs is None:
            return failobj
        return [(name, utils.unquote(value) if unquote and isinstance(value, str) else value) for name, value in pairs]

    def get_param(self, param, failobj=None, header="content-type", unquote=True):
        """Return the parameter value if found in the Content-Type header."""
        for name, value in self._params(header) or []:
            if name.lower() == param.lower():
                return utils.unquote(value) if unquote and isinstance(value, str) else value
        return failobj

    def set_param(self, param, value, header="Content-Type", requote=True, charset=None, language="", replace=False):
        """Set a parameter in the Content-Type header."""
        default = "text/plain" if header.lower() == "content-type" else ""
        parts = _split_params(str(self.get(header, default)))
        new = _format_param(param, value, requote)
        kept = [part for part in parts[1:] if part and part.partition("=")[0].strip().lower() != param.lower()]
        text = "; ".join([parts[0], *kept, new])
        if header in self:
            self.replace_header(header, text)
        else:
            self[header] = text

    def del_param(self, param, header="content-type", requote=True):
        """Remove the given parameter completely from the Content-Type header."""
        if header in self:
            parts = _split_params(str(self[header]))
            kept = [part for part in parts[1:] if part and part.partition("=")[0].strip().lower() != param.lower()]
            self.replace_header(header, "; ".join([parts[0], *kept]))

    def set_type(self, type, header="Content-Type", requote=True):
        """Set the main type and subtype for the Content-Type header."""
        if type.count("/") != 1:
            raise ValueError
        parts = _split_params(str(self.get(header, "")))[1:]
        del self[header]
        self[header] = "; ".join([type, *parts])

    def get_filename(self, failobj=None):
        """Return the filename associated with the payload if present."""
        name = self.get_param("filename", None, "content-disposition")
        if name is None:
            name = self.get_param("name", None, "content-type")
        return failobj if name is None else utils.collapse_rfc2231_value(name).strip()

    def get_boundary(self, failobj=None):
        """Return the boundary associated with the payload if present."""
        boundary = self.get_param("boundary")
        return failobj if boundary is None else utils.collapse_rfc2231_value(boundary).rstrip()

    def get_content_charset(self, failobj=None):
        """Return the charset parameter of the Content-Type header."""
        charset = self.get_param("charset")
        if charset is None:
            return failobj
        return utils.collapse_rfc2231_value(charset).lower()

    def get_charset(self):
        return self._charset

    def get_content_disposition(self):
        """Return the message's content-disposition if it exists, or None."""
        value = self.get("content-disposition")
        return None if value is None else _split_params(str(value))[0].lower()

    def walk(self):
        """Walk over the message tree, yielding each subpart."""
        yield self
        if self.is_multipart():
            for part in self._payload:
                yield from part.walk()


class EmailMessage(Message):
    """A message with the newer interface, as far as it needs no other modules."""

    def set_content(self, content, subtype="plain", charset="utf-8"):
        self.set_type(f"text/{subtype}")
        self.set_param("charset", charset)
        if content and not content.endswith("\n"):
            content += "\n"
        self.set_payload(content)

    def get_content(self):
        return self.get_payload()

    def get_body(self, preferencelist=("related", "html", "plain")):
        return next((part for part in self.walk() if not part.is_multipart()), None)
