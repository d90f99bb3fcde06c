"""Cookies as a client handles them: which to keep of a response, which to send with a request.

The jar keeps cookies by domain, path and name, by the rules of RFC 6265. Files of cookies are not there.
Source: Standard Library, "http.cookiejar"; RFC 6265.
"""

import re
import time
import urllib.parse
from email.utils import mktime_tz, parsedate_tz

__all__ = ["Cookie", "CookieJar", "CookiePolicy", "DefaultCookiePolicy", "LoadError"]


class LoadError(OSError):
    pass


def http2time(text):
    """Returns time in seconds since epoch of time represented by a string; None when it is none."""
    parsed = parsedate_tz(text)
    if parsed is None:
        return None
    try:
        return mktime_tz(parsed)
    except (ValueError, OverflowError):
        return None


class Cookie:
    """HTTP Cookie."""

    def __init__(self, version, name, value, port, port_specified, domain, domain_specified, domain_initial_dot, path,
                 path_specified, secure, expires, discard, comment, comment_url, rest, rfc2109=False):
        self.version = version if version is None else int(version)
        self.name = name
        self.value = value
        self.port = port
        self.port_specified = port_specified
        self.domain = domain.lower()
        self.domain_specified = domain_specified
        self.domain_initial_dot = domain_initial_dot
        self.path = path
        self.path_specified = path_specified
        self.secure = secure
        self.expires = expires if expires is None else int(float(expires))
        self.discard = discard
        self.comment = comment
        self.comment_url = comment_url
        self.rfc2109 = rfc2109
        self._rest = dict(rest)

    def has_nonstandard_attr(self, name):
        return name in self._rest

    def get_nonstandard_attr(self, name, default=None):
        return self._rest.get(name, default)

    def set_nonstandard_attr(self, name, value):
        self._rest[name] = value

    def is_expired(self, now=None):
        return self.expires is not None and self.expires <= (time.time() if now is None else now)

    def __str__(self):
        port = "" if self.port is None else ":" + self.port
        pair = self.name if self.value is None else f"{self.name}={self.value}"
        return f"<Cookie {pair} for {self.domain}{port}{self.path}>"

    def __repr__(self):
        names = ("version", "name", "value", "port", "port_specified", "domain", "domain_specified",
                 "domain_initial_dot", "path", "path_specified", "secure", "expires", "discard", "comment", "comment_url")
        args = [f"{name}={getattr(self, name)!r}" for name in names]
        args += [f"rest={self._rest!r}", f"rfc2109={self.rfc2109!r}"]
        return f"{self.__class__.__name__}({', '.join(args)})"


class CookiePolicy:
    """Defines which cookies get accepted from and returned to server."""

    def set_ok(self, cookie, request):
        raise NotImplementedError()

    def return_ok(self, cookie, request):
        raise NotImplementedError()

    def domain_return_ok(self, domain, request):
        return True

    def path_return_ok(self, path, request):
        return True


def request_host(request):
    """Return request-host, as defined by RFC 2965."""
    return (urllib.parse.urlsplit(request.get_full_url()).hostname or "").lower()


def _domain_matches(host, domain):
    domain = domain.lstrip(".")
    return host == domain or host.endswith("." + domain) and not re.fullmatch(r"[\d.]+", host)


class DefaultCookiePolicy(CookiePolicy):
    """Implements the standard rules for accepting and returning cookies."""

    def __init__(self, blocked_domains=None, allowed_domains=None, netscape=True, rfc2965=False, **others):
        self.netscape = netscape
        self.rfc2965 = rfc2965
        self._blocked_domains = tuple(blocked_domains or ())
        self._allowed_domains = None if allowed_domains is None else tuple(allowed_domains)
        self.__dict__.update(others)

    def is_blocked(self, domain):
        return any(_domain_matches(domain, blocked) for blocked in self._blocked_domains)

    def is_not_allowed(self, domain):
        if self._allowed_domains is None:
            return False
        return not any(_domain_matches(domain, allowed) for allowed in self._allowed_domains)

    def set_ok(self, cookie, request):
        host = request_host(request)
        domain = cookie.domain.lstrip(".")
        if self.is_blocked(domain) or self.is_not_allowed(domain):
            return False
        if not cookie.domain_specified:
            return True
        # A domain without a dot would be a whole top-level domain.
        return _domain_matches(host, domain) and ("." in domain or domain == host or domain == "local")

    def return_ok(self, cookie, request):
        if cookie.is_expired():
            return False
        parts = urllib.parse.urlsplit(request.get_full_url())
        host, path = (parts.hostname or "").lower(), parts.path or "/"
        if self.is_blocked(host) or self.is_not_allowed(host):
            return False
        if cookie.secure and parts.scheme not in ("https", "wss"):
            return False
        if cookie.domain_specified:
            if not _domain_matches(host, cookie.domain):
                return False
        elif host != cookie.domain and host + ".local" != cookie.domain:
            return False
        own = cookie.path or "/"
        return path == own or path.startswith(own if own.endswith("/") else own + "/")


class Absent:
    pass


class CookieJar:
    """Collection of HTTP cookies."""

    def __init__(self, policy=None):
        self._policy = policy or DefaultCookiePolicy()
        self._cookies = {}

    def set_policy(self, policy):
        self._policy = policy

    def __iter__(self):
        for paths in list(self._cookies.values()):
            for names in list(paths.values()):
                yield from list(names.values())

    def __len__(self):
        return sum(1 for _ in self)

    def __repr__(self):
        return f"<{self.__class__.__name__}[{', '.join(repr(cookie) for cookie in self)}]>"

    def __str__(self):
        return f"<{self.__class__.__name__}[{', '.join(str(cookie) for cookie in self)}]>"

    def set_cookie(self, cookie):
        """Set a cookie, without checking whether or not it should be set."""
        self._cookies.setdefault(cookie.domain, {}).setdefault(cookie.path, {})[cookie.name] = cookie

    def set_cookie_if_ok(self, cookie, request):
        """Set a cookie if policy says it's OK to do so."""
        if self._policy.set_ok(cookie, request):
            self.set_cookie(cookie)

    def clear(self, domain=None, path=None, name=None):
        """Clear some cookies: all, those of a domain, of a path of it, or one."""
        if name is not None:
            if domain is None or path is None:
                raise ValueError("domain and path must be given to remove a cookie by name")
            del self._cookies[domain][path][name]
        elif path is not None:
            if domain is None:
                raise ValueError("domain must be given to remove cookies by path")
            del self._cookies[domain][path]
        elif domain is not None:
            del self._cookies[domain]
        else:
            self._cookies = {}

    def clear_session_cookies(self):
        """Discard all session cookies."""
        for cookie in list(self):
            if cookie.discard:
                self.clear(cookie.domain, cookie.path, cookie.name)

    def clear_expired_cookies(self):
        """Discard all expired cookies."""
        now = time.time()
        for cookie in list(self):
            if cookie.is_expired(now):
                self.clear(cookie.domain, cookie.path, cookie.name)

    def _cookies_for_request(self, request):
        cookies = [cookie for cookie in self if self._policy.return_ok(cookie, request)]
        # The more specific path comes first.
        cookies.sort(key=lambda cookie: len(cookie.path), reverse=True)
        return cookies

    def add_cookie_header(self, request):
        """Add correct Cookie: header to request (urllib.request.Request object)."""
        pairs = [cookie.name if cookie.value is None else f"{cookie.name}={cookie.value}"
                 for cookie in self._cookies_for_request(request)]
        if pairs and not request.has_header("Cookie"):
            request.add_unredirected_header("Cookie", "; ".join(pairs))
        self.clear_expired_cookies()

    def make_cookies(self, response, request):
        """Return sequence of Cookie objects extracted from response object."""
        cookies = [self._cookie_of(header, request) for header in response.info().get_all("Set-Cookie", [])]
        return [cookie for cookie in cookies if cookie is not None]

    def _cookie_of(self, header, request):
        pair, *attributes = header.split(";")
        name, equals, value = pair.strip().partition("=")
        if not equals or not name.strip():
            return None
        rest = {}
        values = {}
        for attribute in attributes:
            key, equals, text = attribute.strip().partition("=")
            if key.lower() in ("domain", "path", "expires", "max-age", "secure", "version", "comment"):
                values[key.lower()] = text.strip().strip('"') if equals else None
            elif key:
                rest[key] = text if equals else None
        parts = urllib.parse.urlsplit(request.get_full_url())
        expires = None
        if values.get("max-age") is not None:
            try:
                expires = time.time() + int(values["max-age"])
            except ValueError:
                pass
        if expires is None and values.get("expires"):
            expires = http2time(values["expires"])
        domain = values.get("domain") or ""
        domain_specified = bool(domain)
        initial_dot = domain.startswith(".")
        if domain_specified:
            domain = domain.lower() if initial_dot else "." + domain.lower()
        else:
            domain = (parts.hostname or "").lower()
            if "." not in domain and ":" not in domain:
                domain += ".local"
        path = values.get("path")
        path_specified = bool(path) and path.startswith("/")
        if not path_specified:
            path = parts.path[:parts.path.rfind("/")] or "/"
        return Cookie(0, name.strip(), value.strip().strip('"'), None, False, domain, domain_specified, initial_dot, path,
                      path_specified, "secure" in values, expires, expires is None, values.get("comment"), None, rest)

    def extract_cookies(self, response, request):
        """Extract cookies from response, where allowable given the request."""
        for cookie in self.make_cookies(response, request):
            if cookie.is_expired():
                try:
                    self.clear(cookie.domain, cookie.path, cookie.name)
                except KeyError:
                    pass
            else:
                self.set_cookie_if_ok(cookie, request)
