"""Cookies as a server handles them: reading the header `Cookie`, writing `Set-Cookie`.

Source: Standard Library, "http.cookies"; RFC 6265.
"""

import re

__all__ = ["CookieError", "BaseCookie", "SimpleCookie"]

_LEGAL_KEY = re.compile(r"[\w!#$%&'*+\-.^_`|~:]+", re.ASCII)
# In a value these stand for themselves; all others are written in quotes, some of them as numbers.
_PLAIN_VALUE = re.compile(r"[\w!#$%&'*+\-.^_`|~:]*", re.ASCII)
_QUOTED_PART = re.compile(r"\\(?:([0-3][0-7][0-7])|(.))")
_ESCAPED = {n: "\\%03o" % n for n in [*range(32), *range(127, 256), ord(","), ord(";")]}
_ESCAPED.update({ord('"'): '\\"', ord("\\"): "\\\\"})


class CookieError(Exception):
    pass


def _quote(str):
    """Quote a string for use in a cookie header."""
    if str is None or _PLAIN_VALUE.fullmatch(str):
        return str
    return '"' + str.translate(_ESCAPED) + '"'


def _unquote(str):
    if str is None or len(str) < 2 or str[0] != '"' or str[-1] != '"':
        return str
    return _QUOTED_PART.sub(lambda match: chr(int(match[1], 8)) if match[1] else match[2], str[1:-1])


def _getdate(future=0):
    """A date as cookies have it, this many seconds from now."""
    from time import gmtime, time
    from email.utils import _DAYS, _MONTHS
    year, month, day, hour, minute, second, weekday, *_ = gmtime(time() + future)
    return "%s, %02d %3s %4d %02d:%02d:%02d GMT" % (_DAYS[weekday], day, _MONTHS[month - 1], year, hour, minute, second)


class Morsel(dict):
    """A class to hold ONE (key, value) pair and the attributes of the cookie."""

    _reserved = {
        "expires": "expires",
        "path": "Path",
        "comment": "Comment",
        "domain": "Domain",
        "max-age": "Max-Age",
        "secure": "Secure",
        "httponly": "HttpOnly",
        "version": "Version",
        "samesite": "SameSite",
    }
    _flags = {"secure", "httponly"}

    def __init__(self):
        self._key = self._value = self._coded_value = None
        for key in self._reserved:
            dict.__setitem__(self, key, "")

    @property
    def key(self):
        return self._key

    @property
    def value(self):
        return self._value

    @property
    def coded_value(self):
        return self._coded_value

    def __setitem__(self, K, V):
        K = K.lower()
        if K not in self._reserved:
            raise CookieError(f"Invalid attribute {K!r}")
        dict.__setitem__(self, K, V)

    def setdefault(self, key, val=None):
        key = key.lower()
        if key not in self._reserved:
            raise CookieError(f"Invalid attribute {key!r}")
        return dict.setdefault(self, key, val)

    def __eq__(self, morsel):
        if not isinstance(morsel, Morsel):
            return NotImplemented
        return (dict.__eq__(self, morsel) and self._value == morsel._value and self._key == morsel._key
                and self._coded_value == morsel._coded_value)

    __ne__ = object.__ne__

    def copy(self):
        morsel = Morsel()
        dict.update(morsel, self)
        morsel.__dict__.update(self.__dict__)
        return morsel

    def update(self, values):
        data = {}
        for key, value in dict(values).items():
            key = key.lower()
            if key not in self._reserved:
                raise CookieError(f"Invalid attribute {key!r}")
            data[key] = value
        dict.update(self, data)

    def isReservedKey(self, K):
        return K.lower() in self._reserved

    def set(self, key, val, coded_val):
        if key.lower() in self._reserved:
            raise CookieError(f"Attempt to set a reserved key {key!r}")
        if not _LEGAL_KEY.fullmatch(key):
            raise CookieError(f"Illegal key {key!r}")
        self._key, self._value, self._coded_value = key, val, coded_val

    def __getstate__(self):
        return {"key": self._key, "value": self._value, "coded_value": self._coded_value}

    def __setstate__(self, state):
        self._key, self._value, self._coded_value = state["key"], state["value"], state["coded_value"]

    def output(self, attrs=None, header="Set-Cookie:"):
        return f"{header} {self.OutputString(attrs)}"

    __str__ = output

    def __repr__(self):
        return f"<{self.__class__.__name__}: {self.OutputString()}>"

    def js_output(self, attrs=None):
        text = self.OutputString(attrs).replace('"', r"\"")
        return f"""
        <script type="text/javascript">
        <!-- begin hiding
        document.cookie = "{text}";
        // end hiding -->
        </script>
        """

    def OutputString(self, attrs=None):
        """The cookie and its attributes, as they stand in the header."""
        parts = [f"{self.key}={self.coded_value}"]
        for key, value in sorted(self.items()):
            if value == "" or key not in (self._reserved if attrs is None else attrs):
                continue
            name = self._reserved[key]
            if key == "expires" and isinstance(value, int):
                parts.append(f"{name}={_getdate(value)}")
            elif key == "max-age" and isinstance(value, int):
                parts.append(f"{name}={value:d}")
            elif key == "comment" and isinstance(value, str):
                parts.append(f"{name}={_quote(value)}")
            elif key in self._flags:
                if value:
                    parts.append(name)
            else:
                parts.append(f"{name}={value}")
        return "; ".join(parts)


_COOKIE = re.compile(
    r"""
    \s*
    (?P<key>[\w\d!#%&'~_`><@,:/$*+\-.^|)(?}{=]+?)
    (\s*=\s*
    (?P<val>"(?:[^\\"]|\\.)*"|\w{3},\s[\w\d\s-]{9,11}\s[\d:]{8}\sGMT|[\w\d!#%&'~_`><@,:/$*+\-.^|)(?}{=\[\]]*))?
    \s*(\s+|;|$)
    """,
    re.ASCII | re.VERBOSE,
)


class BaseCookie(dict):
    """A container class for a set of Morsels."""

    def value_decode(self, val):
        """real_value, coded_value = value_decode(STRING): called prior to setting a cookie's value from the network."""
        return val, val

    def value_encode(self, val):
        """real_value, coded_value = value_encode(VALUE): called prior to setting a cookie's value from the program."""
        text = str(val)
        return text, text

    def __init__(self, input=None):
        if input:
            self.load(input)

    def __set(self, key, real_value, coded_value):
        morsel = self.get(key, Morsel())
        morsel.set(key, real_value, coded_value)
        dict.__setitem__(self, key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            dict.__setitem__(self, key, value)
        else:
            self.__set(key, *self.value_encode(value))

    def output(self, attrs=None, header="Set-Cookie:", sep="\015\012"):
        """Return a string suitable for HTTP."""
        return sep.join(morsel.output(attrs, header) for _, morsel in sorted(self.items()))

    __str__ = output

    def __repr__(self):
        cookies = " ".join(f"{key}={morsel.value!r}" for key, morsel in sorted(self.items()))
        return f"<{self.__class__.__name__}: {cookies}>"

    def js_output(self, attrs=None):
        """Return a string suitable for JavaScript."""
        return "".join(morsel.js_output(attrs) for _, morsel in sorted(self.items()))

    def load(self, rawdata):
        """Load cookies from a string (presumably HTTP_COOKIE) or from a dictionary."""
        if isinstance(rawdata, str):
            self.__parse_string(rawdata)
        else:
            for key, value in rawdata.items():
                self[key] = value

    def __parse_string(self, text):
        at = 0
        found = []
        seen_cookie = False
        while 0 <= at < len(text):
            match = _COOKIE.match(text, at)
            if not match:
                break
            key, value = match["key"], match["val"]
            at = match.end()
            lower = key.lower()
            if key[0] == "$":
                # Attributes as old clients sent them; before the first cookie they mean nothing.
                if seen_cookie:
                    found.append((False, key[1:], value))
            elif lower in Morsel._reserved:
                if not seen_cookie:
                    return
                if value is None:
                    if lower not in Morsel._flags:
                        return
                    found.append((False, key, True))
                else:
                    found.append((False, key, _unquote(value)))
            elif value is not None:
                found.append((True, key, self.value_decode(value)))
                seen_cookie = True
            else:
                return
        morsel = None
        for is_cookie, key, value in found:
            if is_cookie:
                self.__set(key, *value)
                morsel = self[key]
            elif morsel is not None:
                morsel[key] = value


class SimpleCookie(BaseCookie):
    """SimpleCookie supports strings as cookie values."""

    def value_decode(self, val):
        return _unquote(val), val

    def value_encode(self, val):
        text = str(val)
        return text, _quote(text)
