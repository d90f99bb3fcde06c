"""Cookies of a session.

Source: aiohttp's documentation, "Client Reference", "CookieJar"; RFC 6265.
"""

import re
import time
from email.utils import mktime_tz, parsedate_tz
from http.cookies import Morsel, SimpleCookie

from yarl import URL

__all__ = ["CookieJar", "DummyCookieJar"]

_ADDRESS = re.compile(r"[\d.]+|.*:.*")


class CookieJar:
    """Implements cookie storage adhering to RFC 6265: cookies by domain, path and name."""

    def __init__(self, *, unsafe=False, quote_cookie=True, treat_as_secure_origin=None, loop=None):
        self._cookies = {}
        self._expires = {}
        self._host_only = set()
        self._unsafe = unsafe

    @property
    def quote_cookie(self):
        return True

    def __iter__(self):
        self._expire()
        return iter(list(self._cookies.values()))

    def __len__(self):
        self._expire()
        return len(self._cookies)

    def clear(self, predicate=None):
        """Clear all cookies, or those for which the predicate holds."""
        for key in [key for key, morsel in self._cookies.items() if predicate is None or predicate(morsel)]:
            self._cookies.pop(key)
            self._expires.pop(key, None)
            self._host_only.discard(key)

    def clear_domain(self, domain):
        """Clear all cookies for domain and all subdomains."""
        self.clear(lambda morsel: self._domain_match(domain, morsel["domain"]))

    def _expire(self):
        now = time.time()
        for key in [key for key, moment in self._expires.items() if moment <= now]:
            self._cookies.pop(key, None)
            del self._expires[key]

    @staticmethod
    def _domain_match(domain, host):
        return host == domain or host.endswith("." + domain) and not _ADDRESS.fullmatch(host)

    def update_cookies(self, cookies, response_url=URL()):
        """Update cookies."""
        host = response_url.host or ""
        if not self._unsafe and host and _ADDRESS.fullmatch(host):
            # By the letter of the RFC an address has no cookies.
            return
        for name, value in cookies.items() if hasattr(cookies, "items") else cookies:
            if not isinstance(value, Morsel):
                jar = SimpleCookie()
                jar[name] = value
                value = jar[name]
            domain = value["domain"].lstrip(".").lower()
            host_only = not domain
            if host_only:
                domain = host
            elif host and not self._domain_match(domain, host):
                continue
            path = value["path"]
            if not path.startswith("/"):
                path = response_url.path[:response_url.path.rfind("/")] or "/" if response_url else "/"
            value = value.copy()
            value["domain"], value["path"] = domain, path
            key = (domain, path, name)
            self._expires.pop(key, None)
            age, moment = value["max-age"], value["expires"]
            if age != "":
                try:
                    self._expires[key] = time.time() + int(age)
                except ValueError:
                    pass
            elif moment:
                parsed = parsedate_tz(str(moment))
                if parsed is not None:
                    self._expires[key] = mktime_tz(parsed)
            self._cookies[key] = value
            (self._host_only.add if host_only else self._host_only.discard)(key)
        self._expire()

    def update_cookies_from_headers(self, headers, response_url):
        for header in headers:
            jar = SimpleCookie()
            jar.load(header)
            self.update_cookies(jar, response_url)

    def filter_cookies(self, request_url=URL()):
        """Returns this jar's cookies filtered by their attributes."""
        self._expire()
        url = URL(request_url)
        host, path = url.host or "", url.path or "/"
        if not self._unsafe and host and _ADDRESS.fullmatch(host):
            return SimpleCookie({key[2]: morsel.value for key, morsel in self._cookies.items() if not key[0]})
        found = SimpleCookie()
        for key, morsel in sorted(self._cookies.items(), key=lambda item: len(item[0][1])):
            domain, own, name = key
            if domain:
                if key in self._host_only and domain != host or not self._domain_match(domain, host):
                    continue
            if not (path == own or path.startswith(own if own.endswith("/") else own + "/")):
                continue
            if morsel["secure"] and url.scheme not in ("https", "wss"):
                continue
            found[name] = morsel
        return found


class DummyCookieJar:
    """Implements a dummy cookie storage: it keeps none."""

    quote_cookie = True

    def __init__(self, *, loop=None):
        pass

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def clear(self, predicate=None):
        pass

    def clear_domain(self, domain):
        pass

    def update_cookies(self, cookies, response_url=URL()):
        pass

    def update_cookies_from_headers(self, headers, response_url):
        pass

    def filter_cookies(self, request_url=URL()):
        return SimpleCookie()
