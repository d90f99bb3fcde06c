"""URLs as objects.

An own implementation of the part of the interface of the package `yarl` that the built-in aiohttp and its programs need; a
package of that name on the path takes its place. A URL keeps its parts quoted and shows them decoded.
"""

from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from multidict import MultiDict, MultiDictProxy

__all__ = ["URL"]

_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = "/?%:@!$'()*+,;&=~-._"


def _query_text(query, kwargs):
    if kwargs:
        query = kwargs
    if query is None or query == "":
        return ""
    if isinstance(query, str):
        return quote(query, safe=_QUERY_SAFE)
    pairs = []
    for key, value in query.items() if hasattr(query, "items") else query:
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(one, bool) or not isinstance(one, (str, int, float)):
                raise TypeError(f"Invalid variable type: value should be str, int or float, got {one!r} of type {type(one)}")
            pairs.append((key, str(one)))
    return urlencode(pairs, safe="/?:@!$'()*,~")


def _without_dots(path):
    """A path with its `.` and `..` resolved."""
    kept = []
    for part in path.split("/"):
        if part == "..":
            if len(kept) > 1:
                kept.pop()
        elif part != ".":
            kept.append(part)
    if path.endswith(("/.", "/..")):
        kept.append("")
    return "/".join(kept) or "/"


class URL:
    """A URL; it does not change."""

    def __init__(self, val="", *, encoded=False):
        if isinstance(val, URL):
            self._parts = val._parts
            return
        parts = urlsplit(str(val))
        if not encoded:
            path = quote(parts.path, safe=_PATH_SAFE)
            if parts.netloc and "/." in path:
                path = _without_dots(path)
            parts = parts._replace(path=path, query=quote(parts.query, safe=_QUERY_SAFE),
                                   fragment=quote(parts.fragment, safe=_QUERY_SAFE))
            if parts.netloc and not parts.netloc.isascii():
                from _http import host_to_ascii
                parts = parts._replace(netloc=host_to_ascii(parts.netloc))
            user, at, host = parts.netloc.rpartition("@")
            parts = parts._replace(netloc=user + at + host.lower())
        self._parts = parts

    @classmethod
    def build(cls, *, scheme="", authority="", user=None, password=None, host="", port=None, path="", query=None,
              query_string="", fragment="", encoded=False):
        if not authority:
            authority = f"[{host}]" if ":" in host else host
            if port is not None and port != _DEFAULT_PORTS.get(scheme):
                authority += f":{port}"
            if user is not None:
                authority = f"{quote(user, safe='')}{'' if password is None else ':' + quote(password, safe='')}@{authority}"
        text = urlunsplit((scheme, authority, path, query_string or _query_text(query, {}), fragment))
        return cls(text, encoded=encoded)

    def _with(self, **parts):
        new = object.__new__(URL)
        new._parts = self._parts._replace(**parts)
        return new

    def __str__(self):
        parts = self._parts
        default = f":{_DEFAULT_PORTS.get(self.scheme)}"
        if parts.netloc.endswith(default):
            # The usual port goes without saying.
            parts = parts._replace(netloc=parts.netloc[:-len(default)])
        if parts.netloc and not parts.path and (parts.query or parts.fragment):
            parts = parts._replace(path="/")
        return urlunsplit(parts)

    def __repr__(self):
        return f"URL('{self}')"

    def __eq__(self, other):
        return self._full() == other._full() if isinstance(other, URL) else NotImplemented

    def __hash__(self):
        return hash(self._full())

    def _full(self):
        """For comparisons: without a path is the same as with the shortest."""
        return self._parts._replace(path=self.raw_path)

    def __lt__(self, other):
        return str(self) < str(other)

    def __bool__(self):
        return any(self._parts)

    def __truediv__(self, name):
        path = self._parts.path.rstrip("/") + "/" + quote(str(name).lstrip("/"), safe=_PATH_SAFE.replace("%", ""))
        return self._with(path=path, query="", fragment="")

    def __mod__(self, query):
        return self.update_query(query)

    def is_absolute(self):
        return bool(self._parts.netloc)

    absolute = property(is_absolute)

    @property
    def scheme(self):
        return self._parts.scheme

    @property
    def raw_authority(self):
        return self._parts.netloc

    authority = raw_authority

    @property
    def user(self):
        user = self._parts.username
        return None if user is None else unquote(user)

    @property
    def password(self):
        password = self._parts.password
        return None if password is None else unquote(password)

    @property
    def host(self):
        return self._parts.hostname

    raw_host = host

    @property
    def explicit_port(self):
        return self._parts.port

    @property
    def port(self):
        return self._parts.port or _DEFAULT_PORTS.get(self.scheme)

    def is_default_port(self):
        return self._parts.port in (None, _DEFAULT_PORTS.get(self.scheme))

    @property
    def raw_path(self):
        return self._parts.path or ("/" if self._parts.netloc else "")

    @property
    def path(self):
        return unquote(self.raw_path)

    @property
    def raw_query_string(self):
        return self._parts.query

    @property
    def query_string(self):
        return unquote(self._parts.query.replace("+", " "))

    @property
    def query(self):
        return MultiDictProxy(MultiDict(parse_qsl(self._parts.query, keep_blank_values=True)))

    @property
    def path_qs(self):
        return self.path + ("?" + self.query_string if self._parts.query else "")

    @property
    def raw_path_qs(self):
        return self.raw_path + ("?" + self._parts.query if self._parts.query else "")

    @property
    def raw_fragment(self):
        return self._parts.fragment

    @property
    def fragment(self):
        return unquote(self._parts.fragment)

    @property
    def raw_parts(self):
        path = self._parts.path
        if self._parts.netloc:
            return ("/", *path[1:].split("/")) if path else ("/",)
        return ("/", *path[1:].split("/")) if path.startswith("/") else tuple(path.split("/"))

    @property
    def parts(self):
        return tuple(unquote(part) for part in self.raw_parts)

    @property
    def name(self):
        return self.parts[-1] if self.parts[-1] != "/" else ""

    @property
    def suffix(self):
        name = self.name
        return name[name.rfind("."):] if 0 < name.rfind(".") < len(name) - 1 else ""

    @property
    def parent(self):
        path = self._parts.path
        if not path or path == "/":
            return self._with(query="", fragment="")
        return self._with(path=path.rpartition("/")[0] or "/", query="", fragment="")

    def origin(self):
        if not self.absolute:
            raise ValueError("URL should be absolute")
        return self._with(netloc=self._parts.netloc.rpartition("@")[2], path="", query="", fragment="")

    def relative(self):
        if not self.absolute:
            raise ValueError("URL should be absolute")
        return self._with(scheme="", netloc="")

    def join(self, url):
        return URL(urljoin(str(self), str(url)), encoded=True)

    def joinpath(self, *other, encoded=False):
        url = self
        for part in other:
            url = url / part
        return url

    def with_scheme(self, scheme):
        return self._with(scheme=scheme.lower())

    def _with_authority(self, user, password, host, port):
        return self._with(netloc=URL.build(scheme="", user=user, password=password, host=host, port=port)._parts.netloc)

    def with_user(self, user):
        return self._with_authority(user, None if user is None else self.password, self.host, self.explicit_port)

    def with_password(self, password):
        return self._with_authority(self.user or "", password, self.host, self.explicit_port)

    def with_host(self, host):
        return self._with_authority(self.user, self.password, host, self.explicit_port)

    def with_port(self, port):
        return self._with_authority(self.user, self.password, self.host, port)

    def with_path(self, path, *, encoded=False):
        path = path if encoded else quote(path, safe=_PATH_SAFE.replace("%", ""))
        return self._with(path=path if path.startswith("/") or not self.absolute else "/" + path, query="", fragment="")

    def with_query(self, query=None, /, **kwargs):
        return self._with(query=_query_text(query, kwargs))

    def update_query(self, query=None, /, **kwargs):
        merged = MultiDict(self.query)
        merged.update(parse_qsl(_query_text(query, kwargs), keep_blank_values=True))
        return self._with(query=_query_text(merged, {}))

    def extend_query(self, query=None, /, **kwargs):
        more = _query_text(query, kwargs)
        return self._with(query="&".join(filter(None, [self._parts.query, more])))

    def with_fragment(self, fragment):
        return self._with(fragment="" if fragment is None else quote(fragment, safe=_QUERY_SAFE))

    def with_name(self, name):
        return self._with(path=self._parts.path.rpartition("/")[0] + "/" + quote(name, safe=""), query="", fragment="")

    def human_repr(self):
        return unquote(str(self))
