"""Parse (absolute and relative) URLs.

Every function takes str or ASCII bytes and gives the same kind back. Splitting follows RFC 3986 with what browsers and old
programs need; quoting works on UTF-8.
Source: Standard Library, "urllib.parse"; RFC 3986; WHATWG URL (which characters are taken out first).
"""

import re
from collections import namedtuple

__all__ = [
    "urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit", "urlencode", "parse_qs", "parse_qsl",
    "quote", "quote_plus", "quote_from_bytes", "unquote", "unquote_plus", "unquote_to_bytes", "DefragResult",
    "ParseResult", "SplitResult", "DefragResultBytes", "ParseResultBytes", "SplitResultBytes",
]

uses_relative = [
    "", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms", "prospero", "rtsp", "rtsps",
    "rtspu", "sftp", "svn", "svn+ssh", "ws", "wss",
]
uses_netloc = [
    "", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews",
    "prospero", "rtsp", "rtsps", "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws", "wss",
    "itms-services",
]
uses_params = [
    "", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtsps", "rtspu", "sip", "sips", "mms",
    "sftp", "tel",
]
scheme_chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."

_SCHEME = frozenset(scheme_chars)
# Browsers take control characters and spaces off the ends, and line breaks and tabs out of the middle.
_EDGES = "".join(map(chr, range(0x21)))
_REMOVED = ("\t", "\r", "\n")


def clear_cache():
    """Nothing is cached; here for programs that call it."""


# --- str and bytes

def _coerce(*args):
    """The arguments as strs, and the function that gives a result back in their kind."""
    if isinstance(args[0], str):
        for arg in args[1:]:
            # An empty argument is a default and goes with either kind.
            if arg and not isinstance(arg, str):
                raise TypeError("Cannot mix str and non-str arguments")
        return (*args, _same)
    for arg in args[1:]:
        if arg and isinstance(arg, str):
            raise TypeError("Cannot mix str and non-str arguments")
    return (*(arg.decode("ascii", "strict") if arg else "" for arg in args), _encoded)


def _same(result):
    return result


def _encoded(result):
    return result.encode("ascii", "strict") if isinstance(result, str) else result.encode()


class _ResultMixinStr:
    """What makes a result of strs one of bytes."""

    __slots__ = ()

    def encode(self, encoding="ascii", errors="strict"):
        return self._encoded_counterpart(*(x.encode(encoding, errors) for x in self))


class _ResultMixinBytes:
    __slots__ = ()

    def decode(self, encoding="ascii", errors="strict"):
        return self._decoded_counterpart(*(x.decode(encoding, errors) for x in self))


class _NetlocResultMixinBase:
    """The parts of a network location."""

    __slots__ = ()

    @property
    def username(self):
        return self._userinfo[0]

    @property
    def password(self):
        return self._userinfo[1]

    @property
    def hostname(self):
        hostname = self._hostinfo[0]
        if not hostname:
            return None
        # The zone of an IPv6 address keeps its case.
        percent = "%" if isinstance(hostname, str) else b"%"
        host, mark, zone = hostname.partition(percent)
        return host.lower() + mark + zone

    @property
    def port(self):
        port = self._hostinfo[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        port = int(port)
        if not 0 <= port <= 65535:
            raise ValueError("Port out of range 0-65535")
        return port

    def _split_netloc(self, at, colon, opening, closing):
        userinfo, found, host = self.netloc.rpartition(at)
        username = password = None
        if found:
            username, has_password, password = userinfo.partition(colon)
            if not has_password:
                password = None
        _, bracketed, inside = host.partition(opening)
        if bracketed:
            host, _, port = inside.partition(closing)
            port = port.partition(colon)[2]
        else:
            host, _, port = host.partition(colon)
        return (username, password), (host, port or None)


class _NetlocResultMixinStr(_NetlocResultMixinBase, _ResultMixinStr):
    __slots__ = ()

    @property
    def _userinfo(self):
        return self._split_netloc("@", ":", "[", "]")[0]

    @property
    def _hostinfo(self):
        return self._split_netloc("@", ":", "[", "]")[1]


class _NetlocResultMixinBytes(_NetlocResultMixinBase, _ResultMixinBytes):
    __slots__ = ()

    @property
    def _userinfo(self):
        return self._split_netloc(b"@", b":", b"[", b"]")[0]

    @property
    def _hostinfo(self):
        return self._split_netloc(b"@", b":", b"[", b"]")[1]


_DefragResultBase = namedtuple("_DefragResultBase", "url fragment")
_SplitResultBase = namedtuple("_SplitResultBase", "scheme netloc path query fragment")
_ParseResultBase = namedtuple("_ParseResultBase", "scheme netloc path params query fragment")


class DefragResult(_DefragResultBase, _ResultMixinStr):
    __slots__ = ()

    def geturl(self):
        return self.url + "#" + self.fragment if self.fragment else self.url


class SplitResult(_SplitResultBase, _NetlocResultMixinStr):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResult(_ParseResultBase, _NetlocResultMixinStr):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


class DefragResultBytes(_DefragResultBase, _ResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        return self.url + b"#" + self.fragment if self.fragment else self.url


class SplitResultBytes(_SplitResultBase, _NetlocResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResultBytes(_ParseResultBase, _NetlocResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


for _text, _bytes in ((DefragResult, DefragResultBytes), (SplitResult, SplitResultBytes), (ParseResult, ParseResultBytes)):
    _text._encoded_counterpart = _bytes
    _bytes._decoded_counterpart = _text
del _text, _bytes


# --- splitting and joining

def urlparse(url, scheme="", allow_fragments=True):
    """Parse a URL into 6 components:
    <scheme>://<netloc>/<path>;<params>?<query>#<fragment>

    The result is a named 6-tuple with fields corresponding to the above.
    """
    url, scheme, back = _coerce(url, scheme)
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in path:
        path, params = _splitparams(path)
    return back(ParseResult(scheme, netloc, path, params, query, fragment))


def _splitparams(path):
    """Cuts the parameters off the last part of a path."""
    start = path.find(";", path.rfind("/") if "/" in path else 0)
    return (path, "") if start < 0 else (path[:start], path[start + 1:])


def _check_netloc(netloc):
    if ("[" in netloc) != ("]" in netloc):
        raise ValueError("Invalid IPv6 URL")
    if "[" in netloc:
        _check_bracketed_host(netloc.rpartition("@")[2])
    if netloc.isascii():
        return
    # Characters that become a delimiter when they are normalized could hide another host.
    try:
        import unicodedata
    except ImportError:
        return
    plain = netloc
    for c in "@:#?":
        plain = plain.replace(c, "")
    normal = unicodedata.normalize("NFKC", plain)
    if normal != plain:
        for c in "/?#@:":
            if c in normal:
                raise ValueError(f"netloc {netloc!r} contains invalid characters under NFKC normalization")


def _check_bracketed_host(netloc):
    before, _, rest = netloc.partition("[")
    host, _, after = rest.partition("]")
    if before or (after and not after.startswith(":")):
        raise ValueError("Invalid IPv6 URL")
    if host.startswith("v"):
        if not re.fullmatch(r"v[a-fA-F0-9]+\..+", host):
            raise ValueError("IPvFuture address is invalid")
        return
    from socket import AF_INET, AF_INET6, inet_pton
    address = host.partition("%")[0]
    try:
        inet_pton(AF_INET6, address)
    except OSError:
        try:
            inet_pton(AF_INET, address)
        except OSError:
            raise ValueError(f"{host!r} does not appear to be an IPv4 or IPv6 address") from None
        raise ValueError("An IPv4 address cannot be in brackets") from None


def urlsplit(url, scheme="", allow_fragments=True):
    """Parse a URL into 5 components:
    <scheme>://<netloc>/<path>?<query>#<fragment>

    The result is a named 5-tuple with fields corresponding to the above.
    """
    url, scheme, back = _coerce(url, scheme)
    url = url.lstrip(_EDGES)
    scheme = scheme.strip(_EDGES)
    for c in _REMOVED:
        url = url.replace(c, "")
        scheme = scheme.replace(c, "")
    netloc = query = fragment = ""
    colon = url.find(":")
    if colon > 0 and url[0].isascii() and url[0].isalpha() and _SCHEME.issuperset(url[:colon]):
        scheme, url = url[:colon].lower(), url[colon + 1:]
    if url[:2] == "//":
        ends = [end for end in map(lambda c: url.find(c, 2), "/?#") if end >= 0]
        end = min(ends, default=len(url))
        netloc, url = url[2:end], url[end:]
        _check_netloc(netloc)
    if allow_fragments and "#" in url:
        url, fragment = url.split("#", 1)
    if "?" in url:
        url, query = url.split("?", 1)
    return back(SplitResult(scheme, netloc, url, query, fragment))


def urlunparse(components):
    """Put a parsed URL back together again.

    This may result in a slightly different, but equivalent URL, if the URL that was parsed originally had redundant
    delimiters, e.g. a ? with an empty query (the draft states that these are equivalent).
    """
    scheme, netloc, url, params, query, fragment, back = _coerce(*components)
    if params:
        url = f"{url};{params}"
    return back(urlunsplit((scheme, netloc, url, query, fragment)))


def urlunsplit(components):
    """Combine the elements of a tuple as returned by urlsplit() into a complete URL as a string."""
    scheme, netloc, url, query, fragment, back = _coerce(*components)
    if netloc:
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + netloc + url
    elif url[:2] == "//":
        # Else the path would be read as a host.
        url = "//" + url
    elif scheme and scheme in uses_netloc and (not url or url[:1] == "/"):
        url = "//" + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url = url + "?" + query
    if fragment:
        url = url + "#" + fragment
    return back(url)


def urljoin(base, url, allow_fragments=True):
    """Join a base URL and a possibly relative URL to form an absolute interpretation of the latter."""
    if not base:
        return url
    if not url:
        return base
    base, url, back = _coerce(base, url)
    base_scheme, base_netloc, base_path, base_params, base_query, base_fragment = urlparse(base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, base_scheme, allow_fragments)
    if scheme != base_scheme or scheme not in uses_relative:
        return back(url)
    if scheme in uses_netloc:
        if netloc:
            return back(urlunparse((scheme, netloc, path, params, query, fragment)))
        netloc = base_netloc
    if not path and not params:
        path, params = base_path, base_params
        if not query:
            query = base_query
        return back(urlunparse((scheme, netloc, path, params, query, fragment)))
    parts = base_path.split("/")
    if parts[-1] != "":
        # The last part is the document, not its folder.
        del parts[-1]
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = parts + path.split("/")
        # Empty parts in the middle mean nothing.
        segments[1:-1] = filter(None, segments[1:-1])
    resolved = []
    for segment in segments:
        if segment == "..":
            if resolved:
                resolved.pop()
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return back(urlunparse((scheme, netloc, "/".join(resolved) or "/", params, query, fragment)))


def urldefrag(url):
    """Removes any existing fragment from URL.

    Returns a tuple of the defragmented URL and the fragment.  If the URL contained no fragments, the second element is the
    empty string.
    """
    url, back = _coerce(url)
    if "#" in url:
        scheme, netloc, path, params, query, fragment = urlparse(url)
        defragmented = urlunparse((scheme, netloc, path, params, query, ""))
    else:
        defragmented, fragment = url, ""
    return back(DefragResult(defragmented, fragment))


# --- quoting

_ALWAYS_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_ALWAYS_SAFE_BYTES = bytes(_ALWAYS_SAFE)
_HEX_DIGITS = "0123456789ABCDEFabcdef"
_BYTE_OF_HEX = None


def unquote_to_bytes(string):
    """unquote_to_bytes('abc%20def') -> b'abc def'."""
    if not string:
        # Something without a length is an error here and not later.
        string.split
        return b""
    if isinstance(string, str):
        string = string.encode("utf-8")
    return bytes(_unquoted(string))


def _unquoted(string):
    global _BYTE_OF_HEX
    if b"%" not in string:
        return string
    if _BYTE_OF_HEX is None:
        _BYTE_OF_HEX = {(a + b).encode(): bytes.fromhex(a + b) for a in _HEX_DIGITS for b in _HEX_DIGITS}
    first, *rest = string.split(b"%")
    out = bytearray(first)
    for part in rest:
        byte = _BYTE_OF_HEX.get(part[:2])
        if byte is None:
            out += b"%" + part
        else:
            out += byte
            out += part[2:]
    return out


def unquote(string, encoding="utf-8", errors="replace"):
    """Replace %xx escapes by their single-character equivalent.

    The optional encoding and errors parameters specify how to decode percent-encoded sequences into Unicode characters.
    unquote('abc%20def') -> 'abc def'.
    """
    if isinstance(string, bytes):
        return _unquoted(string).decode(encoding or "utf-8", errors or "replace")
    if "%" not in string:
        # Something without a length is an error here and not later.
        string.split
        return string
    encoding = encoding or "utf-8"
    errors = errors or "replace"
    # Characters beyond ASCII stand for themselves; between them there may be escapes.
    pieces = re.split(r"([\x00-\x7f]+)", string)
    return "".join(
        bytes(_unquoted(piece.encode())).decode(encoding, errors) if index % 2 else piece
        for index, piece in enumerate(pieces)
    )


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None,
             separator="&"):
    """Parse a query given as a string argument: a dictionary of lists."""
    parsed = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator):
        parsed.setdefault(name, []).append(value)
    return parsed


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None,
              separator="&"):
    """Parse a query given as a string argument: a list of (name, value) pairs."""
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    if isinstance(qs, str):
        if not isinstance(separator, str):
            separator = str(separator, "ascii")
        equals = "="

        def decoded(text):
            return unquote(text.replace("+", " "), encoding, errors)
    else:
        if not qs:
            return []
        qs = bytes(memoryview(qs))
        if isinstance(separator, str):
            separator = bytes(separator, "ascii")
        equals = b"="

        def decoded(text):
            return unquote_to_bytes(text.replace(b"+", b" "))
    if not qs:
        return []
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    pairs = []
    for field in qs.split(separator):
        if not field and not strict_parsing:
            continue
        name, has_equals, value = field.partition(equals)
        if not has_equals:
            if strict_parsing:
                raise ValueError(f"bad query field: {field!r}")
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            pairs.append((decoded(name), decoded(value)))
    return pairs


def unquote_plus(string, encoding="utf-8", errors="replace"):
    """Like unquote(), but also replace plus signs by spaces, as required for unquoting HTML form values.

    unquote_plus('%7e/abc+def') -> '~/abc def'
    """
    return unquote(string.replace("+", " "), encoding, errors)


class _Quoter(dict):
    """What each byte becomes, for one set of safe characters."""

    def __init__(self, safe):
        self.safe = _ALWAYS_SAFE.union(safe)

    def __repr__(self):
        return f"<Quoter {dict(self)!r}>"

    def __missing__(self, b):
        quoted = chr(b) if b in self.safe else f"%{b:02X}"
        self[b] = quoted
        return quoted


_QUOTERS = {}


def quote(string, safe="/", encoding=None, errors=None):
    """quote('abc def') -> 'abc%20def'

    Each part of a URL, e.g. the path info, the query, etc., has a different set of reserved characters that must be quoted.
    By default, quote is intended for quoting the path section of a URL.
    """
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or "utf-8", errors or "strict")
    else:
        if encoding is not None:
            raise TypeError("quote() doesn't support 'encoding' for bytes")
        if errors is not None:
            raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    """Like quote(), but also replace ' ' with '+', as required for quoting HTML form values."""
    if isinstance(string, str) and " " not in string or isinstance(string, bytes) and b" " not in string:
        return quote(string, safe, encoding, errors)
    space = " " if isinstance(safe, str) else b" "
    return quote(string, safe + space, encoding, errors).replace(" ", "+")


def quote_from_bytes(bs, safe="/"):
    """Like quote(), but accepts a bytes object rather than a str, and does not perform string-to-bytes encoding."""
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if not bs:
        return ""
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    else:
        safe = bytes(c for c in safe if c < 128)
    if not bs.rstrip(_ALWAYS_SAFE_BYTES + safe):
        return bs.decode()
    quoter = _QUOTERS.get(safe)
    if quoter is None:
        if len(_QUOTERS) > 32:
            _QUOTERS.clear()
        quoter = _QUOTERS[safe] = _Quoter(safe)
    return "".join([quoter[byte] for byte in bs])


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    """Encode a dict or sequence of two-element tuples into a URL query string."""
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError as error:
            raise TypeError("not a valid non-string sequence or mapping object") from error

    def quoted(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(str(value), safe, encoding, errors)

    pairs = []
    for name, value in query:
        name = quoted(name)
        if not doseq or isinstance(value, (bytes, str)):
            pairs.append(f"{name}={quoted(value)}")
            continue
        try:
            len(value)
        except TypeError:
            pairs.append(f"{name}={quoted(value)}")
        else:
            pairs += [f"{name}={quoted(item)}" for item in value]
    return "&".join(pairs)


# --- older functions, used inside urllib

def unwrap(url):
    """Transform a string like '<URL:scheme://host/path>' into 'scheme://host/path'.

    The string is returned unchanged if it's not a wrapped URL.
    """
    url = str(url).strip()
    if url[:1] == "<" and url[-1:] == ">":
        url = url[1:-1].strip()
    if url[:4] == "URL:":
        url = url[4:].strip()
    return url


def _splittype(url):
    match = re.match("([^/:]+):(.*)", url, re.DOTALL)
    return (match[1].lower(), match[2]) if match else (None, url)


def _splithost(url):
    match = re.match("//([^/#?]*)(.*)", url, re.DOTALL)
    if not match:
        return None, url
    path = match[2]
    return match[1], "/" + path if path and path[0] != "/" else path


def _splituser(host):
    user, found, host = host.rpartition("@")
    return (user if found else None), host


def _splitpasswd(user):
    user, found, password = user.partition(":")
    return user, (password if found else None)


def _splitport(host):
    match = re.fullmatch("(.*):([0-9]*)", host, re.DOTALL)
    return (match[1], match[2] or None) if match else (host, None)


def _splitnport(host, defport=-1):
    host, found, port = host.rpartition(":")
    if not found:
        return port, defport
    if not (port.isdigit() and port.isascii()):
        return host, defport if not port else None
    return host, int(port)


def _splitquery(url):
    path, found, query = url.rpartition("?")
    return (path, query) if found else (url, None)


def _splittag(url):
    path, found, tag = url.rpartition("#")
    return (path, tag) if found else (url, None)


def _splitattr(url):
    words = url.split(";")
    return words[0], words[1:]


def _splitvalue(attr):
    name, found, value = attr.partition("=")
    return name, (value if found else None)


def _to_bytes(url):
    """A URL as str, all of it ASCII."""
    if isinstance(url, str):
        try:
            url = url.encode("ASCII").decode()
        except UnicodeError:
            raise UnicodeError(f"URL {url!r} contains non-ASCII characters") from None
    return url


def _deprecated(name, function, instead):
    def wrapper(*args, **kwargs):
        import warnings
        warnings.warn(f"urllib.parse.{name}() is deprecated as of 3.8{instead}", DeprecationWarning, stacklevel=2)
        return function(*args, **kwargs)
    wrapper.__name__ = wrapper.__qualname__ = name
    return wrapper


for _name in ("splittype", "splithost", "splituser", "splitpasswd", "splitport", "splitnport", "splitquery", "splittag",
              "splitattr"):
    globals()[_name] = _deprecated(_name, globals()["_" + _name], ", use urllib.parse.urlparse() instead")
del _name
splitvalue = _deprecated("splitvalue", _splitvalue, ", use urllib.parse.parse_qsl() instead")
to_bytes = _deprecated("to_bytes", _to_bytes, "")


def __getattr__(name):
    if name == "Quoter":
        import warnings
        warnings.warn("Deprecated in 3.11. urllib.parse.Quoter will be removed in Python 3.14. "
                      "It was not intended to be a public API.", DeprecationWarning, stacklevel=2)
        return _Quoter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
