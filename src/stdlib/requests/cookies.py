"""The cookies of sessions and responses: a jar that is a dictionary as well.

Source: Requests' documentation, "Cookies".
"""

import http.cookiejar
from collections.abc import MutableMapping


class CookieConflictError(RuntimeError):
    """There are two cookies that meet the criteria specified in the cookie jar."""


class RequestsCookieJar(http.cookiejar.CookieJar, MutableMapping):
    """Compatibility class; is a CookieJar, but exposes a dict interface."""

    def get(self, name, default=None, domain=None, path=None):
        try:
            return self._find(name, domain, path)
        except KeyError:
            return default

    def set(self, name, value, **kwargs):
        if value is None:
            for cookie in list(self):
                if cookie.name == name:
                    self.clear(cookie.domain, cookie.path, cookie.name)
            return None
        cookie = create_cookie(name, value, **kwargs)
        self.set_cookie(cookie)
        return cookie

    def _find(self, name, domain=None, path=None):
        found = [cookie.value for cookie in self
                 if cookie.name == name and domain in (None, cookie.domain) and path in (None, cookie.path)]
        if not found:
            raise KeyError(f"name={name!r}, domain={domain!r}, path={path!r}")
        if len(set(found)) > 1:
            raise CookieConflictError(f"There are multiple cookies with name, {name!r}")
        return found[0]

    def keys(self):
        return [cookie.name for cookie in self]

    def values(self):
        return [cookie.value for cookie in self]

    def items(self):
        return [(cookie.name, cookie.value) for cookie in self]

    def __contains__(self, name):
        return any(cookie.name == name for cookie in self)

    def __getitem__(self, name):
        return self._find(name)

    def __setitem__(self, name, value):
        self.set(name, value)

    def __delitem__(self, name):
        for cookie in list(self):
            if cookie.name == name:
                self.clear(cookie.domain, cookie.path, cookie.name)

    def update(self, other):
        """Updates this jar with cookies from another CookieJar or dict-like"""
        if isinstance(other, http.cookiejar.CookieJar):
            for cookie in other:
                self.set_cookie(cookie)
        else:
            for name, value in dict(other).items():
                self[name] = value

    def get_dict(self, domain=None, path=None):
        """A plain dict of the names and values, of all or of those that meet the criteria."""
        return {cookie.name: cookie.value for cookie in self
                if domain in (None, cookie.domain) and path in (None, cookie.path)}

    def list_domains(self):
        return list(dict.fromkeys(cookie.domain for cookie in self))

    def list_paths(self):
        return list(dict.fromkeys(cookie.path for cookie in self))

    def copy(self):
        new = RequestsCookieJar()
        new.update(self)
        return new


def create_cookie(name, value, **kwargs):
    """Make a cookie from underspecified parameters."""
    facts = {"version": 0, "name": name, "value": value, "port": None, "domain": "", "path": "/", "secure": False,
             "expires": None, "discard": True, "comment": None, "comment_url": None, "rest": {"HttpOnly": None},
             "rfc2109": False}
    unknown = set(kwargs) - set(facts)
    if unknown:
        raise TypeError(f"create_cookie() got unexpected keyword arguments: {list(unknown)}")
    facts.update(kwargs)
    return http.cookiejar.Cookie(
        facts["version"], facts["name"], facts["value"], facts["port"], bool(facts["port"]), facts["domain"],
        bool(facts["domain"]), facts["domain"].startswith("."), facts["path"], bool(facts["path"]), facts["secure"],
        facts["expires"], facts["discard"], facts["comment"], facts["comment_url"], facts["rest"], facts["rfc2109"])


def cookiejar_from_dict(cookie_dict, cookiejar=None, overwrite=True):
    """Returns a CookieJar from a key/value dictionary."""
    cookiejar = RequestsCookieJar() if cookiejar is None else cookiejar
    for name, value in (cookie_dict or {}).items():
        if overwrite or name not in cookiejar.keys():
            cookiejar.set_cookie(create_cookie(name, value))
    return cookiejar
