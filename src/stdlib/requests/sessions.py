"""Sessions: what requests have in common, and following redirections.

Source: Requests' documentation, "Session Objects".
"""

import time
from urllib.parse import urldefrag, urljoin, urlsplit

from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar, cookiejar_from_dict
from requests.exceptions import InvalidSchema, TooManyRedirects
from requests.models import DEFAULT_REDIRECT_LIMIT, PreparedRequest, Request, _CookieRequest
from requests.structures import CaseInsensitiveDict

VERSION = "2.34.2"


def default_headers():
    """The headers that every request has."""
    return CaseInsensitiveDict({
        "User-Agent": "python-requests/" + VERSION,
        "Accept-Encoding": "identity",
        "Accept": "*/*",
        "Connection": "keep-alive",
    })


def _merged(own, session, kind=dict):
    """The setting of a request over that of its session; a key with None is taken out."""
    if session is None:
        return own
    if own is None:
        return session
    if not (hasattr(own, "items") and hasattr(session, "items")):
        return own
    merged = kind(session)
    merged.update(own)
    for name in [name for name, value in merged.items() if value is None]:
        del merged[name]
    return merged


class Session:
    """A Requests session: cookies, headers and connections that last."""

    def __init__(self):
        self.headers = default_headers()
        self.auth = None
        self.proxies = {}
        self.hooks = {"response": []}
        self.params = {}
        self.stream = False
        self.verify = True
        self.cert = None
        self.max_redirects = DEFAULT_REDIRECT_LIMIT
        self.trust_env = True
        self.cookies = cookiejar_from_dict({})
        self.adapters = {}
        self.mount("https://", HTTPAdapter())
        self.mount("http://", HTTPAdapter())

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def close(self):
        """Closes all adapters and as such the session"""
        for adapter in self.adapters.values():
            adapter.close()

    def mount(self, prefix, adapter):
        """Registers a connection adapter to a prefix."""
        self.adapters[prefix] = adapter
        # The longest prefix is tried first.
        self.adapters = dict(sorted(self.adapters.items(), key=lambda item: -len(item[0])))

    def get_adapter(self, url):
        """Returns the appropriate connection adapter for the given URL."""
        for prefix, adapter in self.adapters.items():
            if url.lower().startswith(prefix.lower()):
                return adapter
        raise InvalidSchema(f"No connection adapters were found for {url!r}")

    def prepare_request(self, request):
        """Constructs a PreparedRequest for transmission and returns it."""
        cookies = RequestsCookieJar()
        cookies.update(self.cookies)
        own = request.cookies or {}
        cookies.update(own if hasattr(own, "set_cookie") else cookiejar_from_dict(own))
        prepared = PreparedRequest()
        prepared.prepare(
            method=request.method.upper(), url=request.url, files=request.files, data=request.data, json=request.json,
            headers=_merged(request.headers, self.headers, CaseInsensitiveDict),
            params=_merged(request.params, self.params), auth=request.auth if request.auth is not None else self.auth,
            cookies=cookies,
            hooks={"response": [*self.hooks.get("response", []), *request.hooks.get("response", [])]})
        return prepared

    def request(self, method, url, params=None, data=None, headers=None, cookies=None, files=None, auth=None, timeout=None,
                allow_redirects=True, proxies=None, hooks=None, stream=None, verify=None, cert=None, json=None):
        """Constructs a Request, prepares it and sends it. Returns Response object."""
        request = Request(method=method.upper(), url=url, headers=headers, files=files, data=data or {}, json=json,
                          params=params or {}, auth=auth, cookies=cookies, hooks=hooks)
        return self.send(
            self.prepare_request(request), timeout=timeout, allow_redirects=allow_redirects,
            stream=self.stream if stream is None else stream, verify=self.verify if verify is None else verify,
            cert=self.cert if cert is None else cert, proxies=proxies)

    def get(self, url, **kwargs):
        """Sends a GET request. Returns Response object."""
        kwargs.setdefault("allow_redirects", True)
        return self.request("GET", url, **kwargs)

    def options(self, url, **kwargs):
        """Sends a OPTIONS request. Returns Response object."""
        kwargs.setdefault("allow_redirects", True)
        return self.request("OPTIONS", url, **kwargs)

    def head(self, url, **kwargs):
        """Sends a HEAD request. Returns Response object."""
        kwargs.setdefault("allow_redirects", False)
        return self.request("HEAD", url, **kwargs)

    def post(self, url, data=None, json=None, **kwargs):
        """Sends a POST request. Returns Response object."""
        return self.request("POST", url, data=data, json=json, **kwargs)

    def put(self, url, data=None, **kwargs):
        """Sends a PUT request. Returns Response object."""
        return self.request("PUT", url, data=data, **kwargs)

    def patch(self, url, data=None, **kwargs):
        """Sends a PATCH request. Returns Response object."""
        return self.request("PATCH", url, data=data, **kwargs)

    def delete(self, url, **kwargs):
        """Sends a DELETE request. Returns Response object."""
        return self.request("DELETE", url, **kwargs)

    def _send_once(self, request, stream, timeout, verify, cert, proxies):
        adapter = self.get_adapter(request.url)
        begun = time.perf_counter()
        response = adapter.send(request, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
        spent = time.perf_counter() - begun
        response.elapsed = type(response.elapsed)(seconds=spent) if response.elapsed != 0 else spent
        # What a server sets is for the response and for the session.
        as_seen = _CookieRequest(request)
        response.cookies.extract_cookies(response.raw, as_seen)
        self.cookies.extract_cookies(response.raw, as_seen)
        return response

    def send(self, request, *, stream=False, timeout=None, verify=True, cert=None, proxies=None, allow_redirects=True):
        """Send a given PreparedRequest."""
        if isinstance(request, Request):
            raise ValueError("You can only send PreparedRequests.")
        options = {"stream": stream, "timeout": timeout, "verify": verify, "cert": cert, "proxies": proxies}
        hooks = request.hooks.get("response", [])
        response = self._send_once(request, **options)
        for hook in hooks:
            response = hook(response) or response
        history = []
        while allow_redirects and response.is_redirect:
            # The body stands before the next response on the connection.
            response.content
            history.append(response)
            if len(history) > self.max_redirects:
                raise TooManyRedirects(f"Exceeded {self.max_redirects} redirects.", response=response)
            request = self._redirected(request, response)
            previous = history[:-1]
            response.history = previous
            response = self._send_once(request, **options)
        response.history = history
        if not allow_redirects and response.is_redirect:
            response._next = self._redirected(request, response)
        if not stream:
            response.content
        return response

    def _redirected(self, request, response):
        """The request that follows a redirection."""
        new = request.copy()
        location = response.headers["location"].encode("latin-1", "replace").decode("utf-8", "replace")
        if location.startswith("//"):
            location = f"{urlsplit(response.url).scheme}:{location}"
        url, fragment = urldefrag(location)
        fragment = fragment or urlsplit(response.url).fragment
        new.prepare_url(urljoin(response.url, url) + ("#" + fragment if fragment else ""), None)
        status = response.status_code
        if status == 303 and new.method != "HEAD" or status == 302 and new.method != "HEAD" \
                or status == 301 and new.method == "POST":
            new.method = "GET"
        if status not in (307, 308):
            for name in ("Content-Length", "Content-Type", "Transfer-Encoding"):
                new.headers.pop(name, None)
            new.body = None
        if urlsplit(new.url)[:2] != urlsplit(request.url)[:2]:
            # What proves who we are is not for others.
            new.headers.pop("Authorization", None)
        new.headers.pop("Cookie", None)
        cookies = RequestsCookieJar()
        cookies.update(request._cookies)
        cookies.update(self.cookies)
        new.prepare_cookies(cookies)
        return new


def session():
    """Returns a Session for context-management."""
    return Session()
